-- plan.select_plans_of_problem
-- grain: one row per version of an edition and kind with this problem, the oldest first · key: version_id
-- reads: plan.version
select
    version_id,
    plan
from plan.version
where edition_id = $edition_id and kind = $kind and problem_sha256 = $problem_sha256
order by number;
