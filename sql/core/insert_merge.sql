-- core.insert_merge
-- grain: one row per ticket that is another ticket of a leader already registered · key: (edition_id, registration_id)
-- reads: incoming
insert into core.merge by name
select
    edition_id,
    registration_id,
    leader_id,
    into_registration_id,
    rule,
    evidence
from incoming
