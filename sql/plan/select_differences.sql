-- plan.select_differences
-- grain: one row per pair whose meeting differs between two versions · key: (leader_a, leader_b)
-- reads: plan.meeting · gained: only in the second; lost: only in the first; moved: another slot or table
with earlier as (
    select
        leader_a,
        leader_b,
        slot_id,
        table_id
    from plan.meeting
    where version_id = $before
),

later as (
    select
        leader_a,
        leader_b,
        slot_id,
        table_id
    from plan.meeting
    where version_id = $after
)

select
    coalesce(earlier.leader_a, later.leader_a) as leader_a,
    coalesce(earlier.leader_b, later.leader_b) as leader_b,
    case
        when earlier.leader_a is null then 'gained'
        when later.leader_a is null then 'lost'
        else 'moved'
    end as change,
    earlier.slot_id as slot_before,
    earlier.table_id as table_before,
    later.slot_id as slot_after,
    later.table_id as table_after
from earlier
full outer join later on earlier.leader_a = later.leader_a and earlier.leader_b = later.leader_b
where (earlier.slot_id, earlier.table_id) is distinct from (later.slot_id, later.table_id)
order by coalesce(later.slot_id, earlier.slot_id), leader_a, leader_b;
