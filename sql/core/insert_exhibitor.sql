-- core.insert_exhibitor
-- grain: one row per edition and exhibitor or partner · key: (edition_id, exhibitor_id)
-- reads: incoming
insert into core.exhibitor by name
select
    edition_id,
    exhibitor_id,
    name,
    kind,
    stand,
    description
from incoming
