-- audit.delete_gone_file
-- grain: the whole table · key: file_sha256
-- reads: audit.gone_file · only inside the transaction that fills it again
delete from audit.gone_file
