-- the unavailabilities that the gates judge
-- grain: one row per leader and span of the edition · key: (leader_id, starts_at)
-- reads: core.unavailability, core.leader
-- binds: edition_id
with leader as (
    select leader_id
    from core.leader
    where edition_id = $edition_id
),
away as (
    select leader_id, starts_at, ends_at
    from core.unavailability
    where edition_id = $edition_id
)
select
    away.leader_id,
    strftime(away.starts_at, '%H:%M') as starts_at,
    strftime(away.ends_at, '%H:%M') as ends_at,
    away.ends_at > away.starts_at as is_forward,
    away.leader_id in (select leader_id from leader) as is_of_known_leader
from away
order by away.leader_id, away.starts_at
