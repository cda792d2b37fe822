-- plan.select_version_files
-- grain: one row, the version asked for · key: version_id
-- reads: plan.version
select
    problem,
    plan
from plan.version
where version_id = $version_id;
