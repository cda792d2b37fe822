-- day.insert_rating
-- grain: one row per edition, leader and partner rated · key: (edition_id, leader_id, partner_id)
-- reads: incoming
insert into day.rating by name
select
    edition_id,
    leader_id,
    partner_id,
    rating
from incoming
