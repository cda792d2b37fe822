-- outbox.select_approved_version
-- grain: one row, none where nothing is approved: the plan version of the edition that is in force · key: version_id
-- reads: plan.approved_version · $edition_id
select version_id
from plan.approved_version
where edition_id = $edition_id;
