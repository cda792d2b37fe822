-- plan.select_newest_plan
-- grain: one row, none unless the newest version of the edition is of this kind and problem · key: version_id
-- reads: plan.version
with newest as (
    select
        version_id,
        kind,
        problem_sha256,
        plan
    from plan.version
    where edition_id = $edition_id
    order by number desc
    limit 1
)

select
    version_id,
    plan
from newest
where kind = $kind and problem_sha256 = $problem_sha256;
