-- audit.delete_rejected_row
-- grain: the whole table · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: audit.rejected_row · only inside the transaction that fills it again
delete from audit.rejected_row
