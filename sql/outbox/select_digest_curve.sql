-- registered leaders by whole weeks before the event, cumulated: this edition and the two before it
-- grain: one row per edition and week of the last twelve before its event · key: (edition_id, weeks_before)
-- reads: core.edition, core.leader · now_count is as many days before the event as this night lies before this one; who has
-- no date of registration counts always; weeks that this edition has not reached yet are left out of its curve
-- binds: edition_id, night
with this_edition as (
    select held_on, held_on - $night::date as days_before
    from core.edition
    where edition_id = $edition_id
),
edition as (
    select edition.edition_id, edition.number, edition.held_on, edition.edition_id = $edition_id as is_current
    from core.edition as edition
    inner join this_edition on edition.held_on <= this_edition.held_on
    order by edition.held_on desc
    limit 3
),
registered as (
    select leader.edition_id, coalesce(edition.held_on - leader.registered_at::date, 9999) as days_before
    from core.leader as leader
    inner join edition on leader.edition_id = edition.edition_id
    where leader.status = 'registered'
),
week as (
    select unnest(range(13)) as weeks_before
)
select
    edition.number,
    edition.is_current,
    week.weeks_before,
    count(registered.days_before) filter (where registered.days_before >= 7 * week.weeks_before) as leader_count,
    count(registered.days_before) filter (
        where edition.is_current or registered.days_before >= this_edition.days_before
    ) as now_count,
    count(registered.days_before) as final_count
from edition
cross join this_edition
inner join week on not edition.is_current or 7 * (week.weeks_before + 1) > this_edition.days_before
left join registered on edition.edition_id = registered.edition_id
group by all
order by edition.is_current desc, edition.number desc, week.weeks_before desc
