-- mart.base_presence (A)
-- grain: one row per edition and leader present · key: (edition_id, leader_id)
-- reads: day.attendance, mart.base_outcome, core.leader · present: checked in, or at least one held meeting
-- basis: 'present'; 'registered' for an edition whose presence was never recorded, where all registered leaders stand in
create or replace view mart.base_presence as
with seen as (
    select edition_id, leader_id
    from day.attendance
    where is_present
    union
    select edition_id, unnest([leader_a, leader_b]) as leader_id
    from mart.base_outcome
    where outcome = 'held'
),
recorded as (
    select edition_id
    from day.attendance
    union
    select edition_id
    from seen
)
select edition_id, leader_id, 'present' as basis
from seen
union all
select leader.edition_id, leader.leader_id, 'registered' as basis
from core.leader as leader
anti join recorded on leader.edition_id = recorded.edition_id
where leader.status = 'registered'
