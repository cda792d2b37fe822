-- core.delete_edition
-- grain: the whole table · key: edition_id
-- reads: core.edition · only inside the transaction that fills it again
delete from core.edition
