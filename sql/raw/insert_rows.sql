-- raw.insert_rows
-- grain: one row per line of an export · key: (file_sha256, sheet, row_number)
-- reads: incoming
-- binds: file_sha256
insert into raw.row by name
select $file_sha256 as file_sha256, sheet, row_number, row_key, content
from incoming
