-- day.delete_rating
-- grain: the whole table · key: (edition_id, leader_id, partner_id)
-- reads: day.rating · only inside the transaction that fills it again
delete from day.rating
