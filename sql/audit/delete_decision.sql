-- audit.delete_decision
-- grain: the whole table · key: all columns
-- reads: audit.decision · only inside the transaction that fills it again
delete from audit.decision
