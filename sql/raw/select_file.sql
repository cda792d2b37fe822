-- raw.select_file
-- grain: one row, or none · key: file_sha256
-- reads: raw.file
select file_sha256, source, kind, edition_id, row_count, is_current, read_at, rules_sha256
from raw.file
where file_sha256 = $file_sha256
