-- core.insert_offer
-- grain: one row per edition, leader, side and category · key: all columns
-- reads: incoming
insert into core.offer by name
select
    edition_id,
    leader_id,
    side,
    category,
    code
from incoming
