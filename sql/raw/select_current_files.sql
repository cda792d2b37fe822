-- the files that count, and what they say of themselves
-- grain: one row per file that counts · key: file_sha256
-- reads: raw.file
select file_sha256, file_name, source, kind, edition_id, row_count
from raw.file
where is_current
order by file_sha256
