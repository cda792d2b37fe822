-- plan.select_newest_registrations
-- grain: one row, none where the edition has no plan · key: none
-- reads: plan.version · what the newest version was made from
select registrations_sha256
from plan.version
where edition_id = $edition_id
order by number desc
limit 1;
