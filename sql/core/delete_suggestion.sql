-- core.delete_suggestion
-- grain: the whole table · key: all columns
-- reads: core.suggestion · only inside the transaction that fills it again
delete from core.suggestion
