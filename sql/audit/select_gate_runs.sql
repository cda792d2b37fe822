-- the judged states of an edition, newest first
-- grain: one row per gate run · key: input_sha256
-- reads: audit.gate_run, audit.gate_result
-- binds: edition_id
select
    run.input_sha256,
    run.checked_at,
    run.is_passed,
    count(*) filter (where not result.is_passed and result.severity = 'stop') as stopped_count,
    count(*) filter (where not result.is_passed and result.severity = 'warn') as warned_count,
    count(*) filter (where result.is_passed) as passed_count
from audit.gate_run as run
inner join audit.gate_result as result
    on run.edition_id = result.edition_id and run.input_sha256 = result.input_sha256
where run.edition_id = $edition_id
group by all
order by run.checked_at desc, run.input_sha256 asc
