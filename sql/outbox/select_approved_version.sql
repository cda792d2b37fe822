-- outbox.select_approved_version
-- grain: one row, one column: the newest approved plan version of the edition · key: version_id
-- reads: plan.version, plan.approval · $edition_id
select version.version_id
from plan.version
inner join plan.approval using (version_id)
where version.edition_id = $edition_id
order by version.number desc
limit 1;
