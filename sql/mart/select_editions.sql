-- the editions of the memory, oldest first
-- grain: one row per edition · key: edition_id
-- reads: core.edition
select edition_id, number, held_on, is_current
from core.edition
order by held_on, number
