-- plan.select_approved_version
-- grain: one row, none where nothing is approved · key: version_id
-- reads: plan.approved_version · the version of an edition that is in force
select version_id
from plan.approved_version
where edition_id = $edition_id
