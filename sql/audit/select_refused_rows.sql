-- refused lines of the files that count, with where they stand
-- grain: one row per refused line and rule · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: audit.rejected_row, raw.file
-- binds: edition_id
select file.file_name, rejected.sheet, rejected.row_number, rejected.column_name, rejected.rule, rejected.value_class
from audit.rejected_row as rejected
inner join raw.file as file on rejected.file_sha256 = file.file_sha256
where file.is_current and file.edition_id = $edition_id
order by file.file_name, rejected.sheet, rejected.row_number, rejected.column_name, rejected.rule
