-- outbox.select_names
-- grain: one row per leader of the edition · key: leader_id
-- reads: core.named_leader · $edition_id · for the organiser's own page and terminal only
select
    leader_id,
    name,
    company
from core.named_leader
where edition_id = $edition_id
