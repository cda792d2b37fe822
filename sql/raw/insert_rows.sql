-- raw.insert_rows
-- grain: one row per line of an export · key: (file_sha256, sheet, row_number)
-- reads: incoming
insert into raw.row by name
select file_sha256, sheet, row_number, row_key, content
from incoming
