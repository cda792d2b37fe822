-- requests by rank of wish, up to the tenth
-- grain: one row per rank · key: rank
-- reads: mart.base_wish
-- binds: edition_id
select rank, request_count, planned_count, held_count, unknown_count
from mart.base_wish
where edition_id = $edition_id and rank between 1 and 10
order by rank
