-- core.delete_request
-- grain: the whole table · key: (edition_id, from_leader_id, to_leader_id)
-- reads: core.request · only inside the transaction that fills it again
delete from core.request
