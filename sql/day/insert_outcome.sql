-- day.insert_outcome
-- grain: one row per edition and pair that met or should have met · key: (edition_id, leader_a, leader_b)
-- reads: incoming
insert into day.outcome by name
select
    edition_id,
    leader_a,
    leader_b,
    outcome,
    is_same_day
from incoming
