-- core.delete_merge
-- grain: the whole table · key: all columns
-- reads: core.merge · only inside the transaction that fills it again
delete from core.merge
