-- audit.delete_set_aside_file
-- grain: the whole table · key: all columns
-- reads: audit.set_aside_file · only inside the transaction that fills it again
delete from audit.set_aside_file
