-- core.insert_request
-- grain: one row per edition and directed request · key: (edition_id, from_leader_id, to_leader_id)
-- reads: incoming
insert into core.request by name
select
    edition_id,
    from_leader_id,
    to_leader_id,
    rank,
    match_rule,
    match_score,
    file_sha256,
    sheet,
    row_number
from incoming
