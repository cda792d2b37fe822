-- audit.select_changes_of_night
-- grain: one row per leader, kind of change and field that changed in a night · key: (leader_id, kind, field)
-- reads: audit.change
-- binds: edition_id, night
select edition_id, night, leader_id, kind, field, before, after
from audit.change
where edition_id = $edition_id and night = $night
order by leader_id, kind, field
