-- day.delete_outcome
-- grain: the whole table · key: (edition_id, leader_a, leader_b)
-- reads: day.outcome · only inside the transaction that fills it again
delete from day.outcome
