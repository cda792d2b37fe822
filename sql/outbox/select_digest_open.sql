-- everything that waits for a person: questions, refused cells, files set aside or gone, failed gates
-- grain: one row per thing that waits · key: (kind, item)
-- reads: audit.review_item, audit.refused_line, audit.set_aside_file, audit.gone_file, audit.current_gate, audit.gate_result · item
-- is the beginning of a hash: what was typed, and names of files, may name a person; gates that only count the others are left out
-- binds: edition_id
with thing as (
    select kind, concat_ws('/', leader_id, typed) as named
    from audit.review_item
    where edition_id = $edition_id
    union all
    select 'refused' as kind, concat_ws('/', file_sha256, sheet, row_number, column_name, rule) as named
    from audit.refused_line
    where edition_id = $edition_id and is_fault
    union all
    select 'set_aside' as kind, concat_ws('/', file_name, file_sha256) as named
    from audit.set_aside_file
    union all
    select 'gone' as kind, file_sha256 as named
    from audit.gone_file
    union all
    select result.severity as kind, result.code as named
    from audit.current_gate as judged
    inner join audit.gate_result as result
        on judged.edition_id = result.edition_id and judged.input_sha256 = result.input_sha256
    where
        judged.edition_id = $edition_id
        and not result.is_passed
        and result.code not in ('waiting_items', 'refused_rows', 'set_aside_files', 'leader_vanished')
)
select kind, sha256(concat_ws('/', kind, named))[:16] as item
from thing
order by kind, item
