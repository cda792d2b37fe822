-- audit.insert_decision
-- grain: one row per question that a person has decided · key: (edition_id, kind, leader_id, typed)
-- reads: incoming
insert into audit.decision by name
select
    edition_id,
    kind,
    leader_id,
    typed,
    verdict,
    choice,
    is_used,
    file_sha256,
    sheet,
    row_number
from incoming
