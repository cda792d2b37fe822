-- mart.base_request (Q)
-- grain: one row per edition and directed request · key: (edition_id, from_leader_id, to_leader_id)
-- reads: core.request, mart.base_planned_meeting, mart.base_outcome · is_held is null where the outcome of the meeting
-- is not known, false where nothing was ever planned or recorded for the pair
create or replace view mart.base_request as
with request as (
    select
        edition_id,
        from_leader_id,
        to_leader_id,
        rank,
        least(from_leader_id, to_leader_id) as leader_a,
        greatest(from_leader_id, to_leader_id) as leader_b,
        count(*) over (partition by edition_id, leader_a, leader_b) > 1 as is_mutual
    from core.request
)
select
    request.edition_id,
    request.from_leader_id,
    request.to_leader_id,
    request.rank,
    request.is_mutual,
    planned.edition_id is not null as is_planned,
    case
        when outcome.outcome = 'held' then true
        when outcome.outcome = 'no_show' then false
        when outcome.outcome = 'unknown' or planned.edition_id is not null then null
        else false
    end as is_held
from request
left join mart.base_planned_meeting as planned
    on
        request.edition_id = planned.edition_id
        and request.leader_a = planned.leader_a
        and request.leader_b = planned.leader_b
left join mart.base_outcome as outcome
    on
        request.edition_id = outcome.edition_id
        and request.leader_a = outcome.leader_a
        and request.leader_b = outcome.leader_b
