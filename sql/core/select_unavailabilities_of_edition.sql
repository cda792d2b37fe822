-- core.select_unavailabilities_of_edition
-- grain: one row per leader and span of an edition · key: (leader_id, starts_at)
-- reads: core.unavailability
-- binds: edition_id
select
    edition_id,
    leader_id,
    starts_at,
    ends_at
from core.unavailability
where edition_id = $edition_id
order by leader_id, starts_at
