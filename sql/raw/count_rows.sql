-- raw.count_rows
-- grain: one row, one column · key: none
-- reads: raw.row
-- binds: file_sha256
select count(*)
from raw.row
where file_sha256 = $file_sha256
