-- audit.insert_review_item
-- grain: one row per question that a person must decide · key: (edition_id, kind, leader_id, typed)
-- reads: incoming
insert into audit.review_item by name
select
    edition_id,
    kind,
    leader_id,
    typed,
    reason,
    candidates,
    file_sha256,
    sheet,
    row_number
from incoming
