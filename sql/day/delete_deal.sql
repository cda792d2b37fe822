-- day.delete_deal
-- grain: the whole table · key: (edition_id, leader_id, partner_id)
-- reads: day.deal · only inside the transaction that fills it again
delete from day.deal
