-- remember what each gate said of a judged state
-- grain: one row per gate run and gate · key: (edition_id, input_sha256, code)
-- reads: incoming (the same columns; failed_keys as JSON text)
insert into audit.gate_result by name
select
    edition_id,
    input_sha256,
    code,
    table_name,
    severity,
    is_passed,
    checked_count,
    failed_count,
    failed_keys::json as failed_keys
from incoming
