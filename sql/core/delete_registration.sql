-- core.delete_registration
-- grain: the whole table · key: (edition_id, registration_id)
-- reads: core.registration · only inside the transaction that fills it again
delete from core.registration
