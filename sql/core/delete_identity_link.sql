-- core.delete_identity_link
-- grain: the whole table · key: (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
-- reads: core.identity_link · only inside the transaction that fills it again
delete from core.identity_link
