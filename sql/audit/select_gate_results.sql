-- what each gate said of a judged state
-- grain: one row per gate · key: code
-- reads: audit.gate_run, audit.gate_result
-- binds: edition_id, input_sha256
select
    run.checked_at,
    result.code,
    result.table_name,
    result.severity,
    result.is_passed,
    result.checked_count,
    result.failed_count,
    result.failed_keys::text as failed_keys
from audit.gate_run as run
inner join audit.gate_result as result
    on run.edition_id = result.edition_id and run.input_sha256 = result.input_sha256
where run.edition_id = $edition_id and run.input_sha256 = $input_sha256
order by result.code
