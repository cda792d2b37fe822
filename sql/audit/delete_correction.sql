-- audit.delete_correction
-- grain: the whole table · key: all columns
-- reads: audit.correction · only inside the transaction that fills it again
delete from audit.correction
