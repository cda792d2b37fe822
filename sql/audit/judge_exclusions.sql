-- the exclusions that the gates judge
-- grain: one row per excluded pair of the edition · key: (leader_a, leader_b)
-- reads: core.exclusion, core.leader
-- binds: edition_id
with leader as (
    select leader_id
    from core.leader
    where edition_id = $edition_id
),
excluded as (
    select leader_a, leader_b
    from core.exclusion
    where edition_id = $edition_id
)
select
    excluded.leader_a,
    excluded.leader_b,
    excluded.leader_a <> excluded.leader_b as is_of_two_leaders,
    excluded.leader_a in (select leader_id from leader)
    and excluded.leader_b in (select leader_id from leader) as is_of_known_leaders
from excluded
order by excluded.leader_a, excluded.leader_b
