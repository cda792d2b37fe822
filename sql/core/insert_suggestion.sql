-- core.insert_suggestion
-- grain: one row per proposed partner of a leader with too few requests · key: (edition_id, from_leader_id, to_leader_id)
-- reads: incoming
insert into core.suggestion by name
select
    edition_id,
    from_leader_id,
    to_leader_id,
    rank,
    score,
    sells_codes,
    seeks_codes,
    is_used
from incoming
