-- audit.insert_rejected_row
-- grain: one row per refused line and rule · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: incoming
insert into audit.rejected_row by name
select
    file_sha256,
    sheet,
    row_number,
    column_name,
    rule,
    value_class
from incoming
