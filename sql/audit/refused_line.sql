-- audit.refused_line
-- grain: one row per refused line and rule of a file that counts · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: audit.rejected_row, raw.file · listed as refused but no fault: an answer replaced by a later one, a row that a
-- person has set aside, and what an earlier workbook of corrections said, for its questions are in every later one
create or replace view audit.refused_line as
with newest as (
    select edition_id, max(read_at) as read_at
    from raw.file
    where kind = 'corrections'
    group by edition_id
)
select
    file.edition_id,
    rejected.file_sha256,
    file.file_name,
    rejected.sheet,
    rejected.row_number,
    rejected.column_name,
    rejected.rule,
    rejected.value_class,
    rejected.rule not in ('replaced_by_later_answer', 'set_aside_by_hand')
    and (file.kind <> 'corrections' or file.read_at = newest.read_at) as is_fault
from audit.rejected_row as rejected
inner join raw.file as file on rejected.file_sha256 = file.file_sha256
left join newest on file.edition_id = newest.edition_id
where file.is_current
