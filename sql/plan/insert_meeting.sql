-- plan.insert_meeting
-- grain: one row per meeting of a plan version · key: (version_id, leader_a, leader_b)
-- reads: incoming
insert into plan.meeting by name
select
    version_id,
    leader_a,
    leader_b,
    slot_id,
    starts_at,
    ends_at,
    table_id,
    rank_a,
    rank_b
from incoming;
