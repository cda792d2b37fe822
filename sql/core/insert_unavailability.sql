-- core.insert_unavailability
-- grain: one row per edition, leader and span · key: (edition_id, leader_id, starts_at)
-- reads: incoming
insert into core.unavailability by name
select
    edition_id,
    leader_id,
    starts_at,
    ends_at
from incoming
