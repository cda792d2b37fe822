-- audit.possible_pair
-- grain: one row per unordered pair of leaders who could meet · key: (leader_a, leader_b)
-- reads: core.leader, core.request, core.exclusion, core.unavailability · the definition of a possible partner of the
-- objective: asked for in either direction, not excluded, of another company, with a slot in which both are free;
-- the free slots of a leader are a list, made once a leader, since asking once a pair costs minutes in a large base
create or replace macro audit.possible_pair(judged_edition_id, slot_starts, slot_minutes) as table (
    with slot as (
        select unnest(slot_starts) as starts_at
    ),
    away as (
        select leader_id, starts_at, ends_at
        from core.unavailability
        where edition_id = judged_edition_id
    ),
    occupied as (
        select away.leader_id, list(distinct slot.starts_at) as slots
        from away
        inner join slot on away.starts_at < slot.starts_at + to_minutes(slot_minutes) and away.ends_at > slot.starts_at
        group by all
    ),
    registered as (
        select
            leader.leader_id,
            leader.company_id,
            list_filter(slot_starts, lambda start: not list_contains(coalesce(occupied.slots, []), start)) as free_slots
        from core.leader as leader
        left join occupied on leader.leader_id = occupied.leader_id
        where leader.edition_id = judged_edition_id and leader.status = 'registered'
    ),
    asked as (
        select distinct
            least(from_leader_id, to_leader_id) as leader_a,
            greatest(from_leader_id, to_leader_id) as leader_b
        from core.request
        where edition_id = judged_edition_id
    ),
    excluded as (
        select leader_a, leader_b
        from core.exclusion
        where edition_id = judged_edition_id
    )
    select asked.leader_a, asked.leader_b
    from asked
    inner join registered as first_leader on asked.leader_a = first_leader.leader_id
    inner join registered as second_leader on asked.leader_b = second_leader.leader_id
    anti join excluded on asked.leader_a = excluded.leader_a and asked.leader_b = excluded.leader_b
    where
        first_leader.company_id <> second_leader.company_id
        and list_has_any(first_leader.free_slots, second_leader.free_slots)
)
