-- how many leaders a night changed, by kind
-- grain: one row per kind of change · key: kind
-- reads: audit.told_change
-- binds: edition_id, night
select kind, count(distinct leader_id) as leader_count
from audit.told_change
where edition_id = $edition_id and night = $night
group by kind
order by kind
