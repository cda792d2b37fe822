-- plan.demo_approved_version
-- grain: one row, none where nothing is approved · key: version_id
-- reads: plan.version, plan.approval · the newest approved version of an edition
select version.version_id
from plan.version
inner join plan.approval using (version_id)
where version.edition_id = $edition_id
order by version.number desc
limit 1
