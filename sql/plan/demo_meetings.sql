-- plan.demo_meetings
-- grain: one row per meeting of a plan version · key: (leader_a, leader_b)
-- reads: plan.meeting
select
    leader_a,
    leader_b,
    starts_at,
    table_id
from plan.meeting
where version_id = $version_id
order by starts_at, table_id
