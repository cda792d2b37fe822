-- core.select_requests_of_edition
-- grain: one row per directed request of an edition · key: (from_leader_id, to_leader_id)
-- reads: core.request
-- binds: edition_id
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
from core.request
where edition_id = $edition_id
order by from_leader_id, to_leader_id
