-- what the companies of leaders were called before they changed
-- grain: one row per leader and former name · key: (leader_id, name)
-- reads: audit.change
-- binds: edition_id
select distinct leader_id, before as name
from audit.change
where edition_id = $edition_id and kind = 'changed' and field = 'company' and before <> ''
order by leader_id, name
