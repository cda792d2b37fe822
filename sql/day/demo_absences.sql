-- day.demo_absences
-- grain: one row per leader and span without meetings · key: (leader_id, starts_at)
-- reads: core.unavailability
select
    leader_id,
    starts_at,
    ends_at
from core.unavailability
where edition_id = $edition_id
order by leader_id, starts_at
