-- raw.select_answers
-- grain: one row per filled-in line of a workbook of rejects · key: (file_sha256, sheet, row_number)
-- reads: raw.file, raw.row · of every workbook ever read, also of those that a later one replaced: answers add up
select file.source, file.file_sha256, row.sheet, row.row_number, row.content::text as content
from raw.file as file
inner join raw.row as row on file.file_sha256 = row.file_sha256
where file.kind = 'corrections' and json_exists(row.content, '$.answer')
order by file.read_at, file.file_sha256, row.sheet, row.row_number
