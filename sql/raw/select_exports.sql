-- every export ever read but the workbooks of corrections, and whether it counts
-- grain: one row per file · key: file_sha256
-- reads: raw.file
select file_sha256, file_name, source, edition_id, row_count, is_current, read_at
from raw.file
where kind <> 'corrections'
order by file_sha256
