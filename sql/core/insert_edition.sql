-- core.insert_edition
-- grain: one row per edition of the event · key: edition_id
-- reads: incoming
insert into core.edition by name
select
    edition_id,
    number,
    title,
    held_on,
    is_current
from incoming
