-- core.delete_exhibitor
-- grain: the whole table · key: (edition_id, exhibitor_id)
-- reads: core.exhibitor · only inside the transaction that fills it again
delete from core.exhibitor
