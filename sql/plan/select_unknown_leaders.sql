-- plan.select_unknown_leaders
-- grain: one row per id that no leader of the edition has · key: leader_id
-- reads: core.leader · $edition_id, $leader_ids
with named as (
    select unnest($leader_ids::text[]) as leader_id
),

known as (
    select leader_id
    from core.leader
    where edition_id = $edition_id
)

select leader_id
from named
anti join known using (leader_id)
order by leader_id;
