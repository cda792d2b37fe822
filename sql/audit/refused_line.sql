-- audit.refused_line
-- grain: one row per refused line and rule of a file that counts · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: audit.rejected_row, raw.file · an answer replaced by a later one is listed as refused but is no fault
create or replace view audit.refused_line as
select
    file.edition_id,
    rejected.file_sha256,
    file.file_name,
    rejected.sheet,
    rejected.row_number,
    rejected.column_name,
    rejected.rule,
    rejected.value_class,
    rejected.rule <> 'replaced_by_later_answer' as is_fault
from audit.rejected_row as rejected
inner join raw.file as file on rejected.file_sha256 = file.file_sha256
where file.is_current
