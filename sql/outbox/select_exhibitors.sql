-- outbox.select_exhibitors
-- grain: one row per exhibitor or partner of the edition · key: exhibitor_id
-- reads: core.exhibitor · $edition_id
select name, kind, coalesce(stand, '') as stand, coalesce(description, '') as description
from core.exhibitor
where edition_id = $edition_id
order by exhibitor_id;
