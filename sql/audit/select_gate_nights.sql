-- the last nights of an edition with the gates that failed in each, oldest first
-- grain: one row per night · key: night
-- reads: audit.gate_night, audit.gate_result
-- binds: edition_id, night_count
with recent as (
    select night, input_sha256
    from audit.gate_night
    where edition_id = $edition_id
    order by night desc
    limit $night_count
)
select
    recent.night,
    coalesce(list(result.code order by result.code) filter (where result.severity = 'stop'), []) as stopped,
    coalesce(list(result.code order by result.code) filter (where result.severity = 'warn'), []) as warned
from recent
left join audit.gate_result as result
    on result.edition_id = $edition_id and recent.input_sha256 = result.input_sha256 and not result.is_passed
group by recent.night
order by recent.night
