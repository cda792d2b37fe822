-- plan.count_registered
-- grain: one row, how many leaders of an edition are registered · key: none
-- reads: core.leader
select count(*) as leaders_count
from core.leader
where edition_id = $edition_id and status = 'registered';
