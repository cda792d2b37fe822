-- raw.select_file
-- grain: one row, or none · key: file_sha256
-- reads: raw.file
select file_sha256, file_name, source, kind, edition_id, row_count
from raw.file
where file_sha256 = $file_sha256
