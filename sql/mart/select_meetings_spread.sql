-- how many leaders had how many meetings
-- grain: one row per number of held meetings · key: meeting_count
-- reads: mart.base_workload
-- binds: edition_id
select meetings_held_count as meeting_count, count(*) as leader_count
from mart.base_workload
where edition_id = $edition_id
group by meetings_held_count
order by meetings_held_count
