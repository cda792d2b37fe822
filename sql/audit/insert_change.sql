-- audit.insert_change
-- grain: one row per leader, kind of change and field that changed in a night · key: (edition_id, night, leader_id, kind, field)
-- reads: incoming
insert into audit.change by name
select
    edition_id,
    night,
    leader_id,
    kind,
    field,
    before,
    after
from incoming
