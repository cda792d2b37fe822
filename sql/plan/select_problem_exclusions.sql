-- plan.select_problem_exclusions
-- grain: one row per unordered pair of registered leaders who must not meet · key: (leader_a, leader_b)
-- reads: core.exclusion, core.leader
with registered as (
    select leader_id
    from core.leader
    where edition_id = $edition_id and status = 'registered'
)

select
    exclusion.leader_a,
    exclusion.leader_b
from core.exclusion
where
    exclusion.edition_id = $edition_id
    and exclusion.leader_a in (from registered)
    and exclusion.leader_b in (from registered)
order by exclusion.leader_a, exclusion.leader_b;
