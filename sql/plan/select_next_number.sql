-- plan.select_next_number
-- grain: one row, the number of the next version of an edition · key: none
-- reads: plan.version
select coalesce(max(number), 0) + 1 as number
from plan.version
where edition_id = $edition_id;
