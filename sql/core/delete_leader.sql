-- core.delete_leader
-- grain: the whole table · key: (edition_id, leader_id)
-- reads: core.leader · only inside the transaction that fills it again
delete from core.leader
