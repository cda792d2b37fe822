-- raw.select_current_rows
-- grain: one row per line of a current export · key: (file_sha256, sheet, row_number)
-- reads: raw.file, raw.row · in the order in which files were read
select file.edition_id, file.source, file.file_sha256, row.sheet, row.row_number, row.content::text as content
from raw.file as file
inner join raw.row as row using (file_sha256)
where file.is_current
order by file.edition_id, file.read_at, file.file_sha256, row.sheet, row.row_number
