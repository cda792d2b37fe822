-- refused lines of the files that count, with where they stand
-- grain: one row per refused line and rule · key: (file_name, sheet, row_number, column_name, rule)
-- reads: audit.refused_line · faults, and answers that a later one replaced: nobody need look at the others again
-- binds: edition_id
select file_name, sheet, row_number, column_name, rule, value_class, is_fault
from audit.refused_line
where edition_id = $edition_id and (is_fault or rule = 'replaced_by_later_answer')
order by file_name, sheet, row_number, column_name, rule
