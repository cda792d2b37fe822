-- core.delete_exclusion
-- grain: the whole table · key: (edition_id, leader_a, leader_b)
-- reads: core.exclusion · only inside the transaction that fills it again
delete from core.exclusion
