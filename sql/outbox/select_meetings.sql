-- outbox.select_meetings
-- grain: one row per meeting of the plan version · key: (leader_a, leader_b)
-- reads: plan.meeting · $version_id
select leader_a, leader_b, slot_id, starts_at, ends_at, table_id, rank_a, rank_b
from plan.meeting
where version_id = $version_id
order by starts_at, table_id, leader_a, leader_b;
