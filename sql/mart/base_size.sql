-- mart.base_size
-- grain: one row per edition · key: edition_id
-- reads: core.edition, core.leader, core.request, mart.base_presence, mart.base_planned_meeting, mart.base_plan_version,
-- mart.base_outcome · N, A, Q, S, H of the definitions; null where nothing was ever recorded
create or replace view mart.base_size as
with registered as (
    select edition_id, count(*) filter (where status = 'registered') as leader_count
    from core.leader
    group by all
),
present as (
    select edition_id, any_value(basis) as basis, count(*) as leader_count
    from mart.base_presence
    group by all
),
asked as (
    select edition_id, count(*) as request_count
    from core.request
    group by all
),
planned as (
    select version.edition_id, count(meeting.leader_a) as meeting_count
    from mart.base_plan_version as version
    left join mart.base_planned_meeting as meeting on version.edition_id = meeting.edition_id
    group by all
),
met as (
    select
        edition_id,
        count(*) filter (where outcome = 'held') as held_count,
        count(*) filter (where outcome = 'held' and is_same_day) as same_day_count,
        count(*) filter (where outcome = 'unknown') as unknown_count
    from mart.base_outcome
    group by all
)
select
    edition.edition_id,
    edition.held_on,
    coalesce(present.basis, 'registered') as basis,
    registered.leader_count as registered_count,
    present.leader_count as present_count,
    asked.request_count,
    planned.meeting_count as planned_count,
    met.held_count,
    met.same_day_count,
    met.unknown_count as unknown_outcome_count
from core.edition as edition
left join registered on edition.edition_id = registered.edition_id
left join present on edition.edition_id = present.edition_id
left join asked on edition.edition_id = asked.edition_id
left join planned on edition.edition_id = planned.edition_id
left join met on edition.edition_id = met.edition_id
