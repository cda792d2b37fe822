-- plan.select_newer_approved
-- grain: one row, none unless a version numbered after this one is in force in its edition · key: version_id
-- reads: plan.version, plan.approved_version
select in_force.version_id
from plan.version as asked
inner join plan.approved_version as approved on asked.edition_id = approved.edition_id
inner join plan.version as in_force on approved.version_id = in_force.version_id
where asked.version_id = $version_id and in_force.number > asked.number;
