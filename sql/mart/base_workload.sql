-- mart.base_workload
-- grain: one row per edition with recorded outcomes and leader present · key: (edition_id, leader_id)
-- reads: mart.base_presence, mart.base_outcome, core.leader, core.unavailability, mart.slot, mart.setting
-- a meeting counts once for each side; available slots are those of the afternoon that the leader's absences leave;
-- full: as many meetings as the leader's own maximum, the event's and the available slots allow
create or replace view mart.base_workload as
with measured as (
    select distinct edition_id
    from mart.base_outcome
),
side as (
    select edition_id, unnest([leader_a, leader_b]) as leader_id
    from mart.base_outcome
    where outcome = 'held'
),
held as (
    select edition_id, leader_id, count(*) as meetings_held_count
    from side
    group by all
),
occupied as (
    select distinct away.edition_id, away.leader_id, slot.starts_at
    from core.unavailability as away
    inner join mart.slot as slot
        on away.edition_id = slot.edition_id and away.starts_at < slot.ends_at and away.ends_at > slot.starts_at
),
taken as (
    select edition_id, leader_id, count(*) as occupied_slot_count
    from occupied
    group by all
),
afternoon as (
    select edition_id, count(*) as slot_count
    from mart.slot
    group by all
)
select
    present.edition_id,
    present.leader_id,
    coalesce(held.meetings_held_count, 0) as meetings_held_count,
    afternoon.slot_count - coalesce(taken.occupied_slot_count, 0) as available_slot_count,
    least(
        coalesce(leader.max_meetings, setting.maximum_meetings), setting.maximum_meetings, available_slot_count
    ) as most_meetings_count,
    setting.minimum_meetings,
    setting.maximum_meetings,
    present.basis
from mart.base_presence as present
inner join measured on present.edition_id = measured.edition_id
left join held on present.edition_id = held.edition_id and present.leader_id = held.leader_id
left join taken on present.edition_id = taken.edition_id and present.leader_id = taken.leader_id
left join afternoon on present.edition_id = afternoon.edition_id
left join mart.setting as setting on present.edition_id = setting.edition_id
left join core.leader as leader on present.edition_id = leader.edition_id and present.leader_id = leader.leader_id
