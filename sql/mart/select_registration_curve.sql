-- registered leaders by whole weeks before the event, cumulated; ends at the week of the latest registration
-- grain: one row per edition and week · key: (edition_id, weeks_before)
-- reads: core.edition, core.leader
with registered as (
    select leader.edition_id, edition.number, edition.held_on - leader.registered_at::date as days_before
    from core.leader as leader
    inner join core.edition as edition on leader.edition_id = edition.edition_id
    where leader.status = 'registered' and leader.registered_at is not null
),
week as (
    select unnest(range(13)) as weeks_before
),
latest as (
    select edition_id, number, min(days_before) // 7 as last_week
    from registered
    group by all
)
select latest.edition_id, latest.number, week.weeks_before, count(registered.days_before) as leader_count
from latest
inner join week on week.weeks_before >= latest.last_week
left join registered
    on latest.edition_id = registered.edition_id and registered.days_before >= 7 * week.weeks_before
group by all
order by latest.number asc, week.weeks_before desc
