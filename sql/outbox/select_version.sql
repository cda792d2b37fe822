-- outbox.select_version
-- grain: one row for the plan version · key: version_id
-- reads: plan.version, plan.approval · $edition_id, $version_id
select
    version.version_id,
    version.number,
    version.kind,
    version.parent_version_id,
    version.problem,
    version.status,
    version.shortfall,
    version.shortfall_bound,
    version.value,
    version.value_bound,
    version.gaps,
    version.gaps_bound,
    version.breaks,
    version.table_changes,
    version.table_changes_bound,
    version.created_at,
    approval.version_id is not null as is_approved
from plan.version
left join plan.approval using (version_id)
where version.edition_id = $edition_id and version.version_id = $version_id;
