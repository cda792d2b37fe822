-- core.delete_unavailability
-- grain: the whole table · key: (edition_id, leader_id, starts_at)
-- reads: core.unavailability · only inside the transaction that fills it again
delete from core.unavailability
