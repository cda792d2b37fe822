-- core.insert_exclusion
-- grain: one row per edition and unordered pair · key: (edition_id, leader_a, leader_b)
-- reads: incoming
insert into core.exclusion by name
select
    edition_id,
    leader_a,
    leader_b
from incoming
