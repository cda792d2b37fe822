-- core.insert_identity_link
-- grain: one row per leader and leader of an earlier edition held to be the same person
-- key: (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
-- reads: incoming
insert into core.identity_link by name
select
    edition_id,
    leader_id,
    earlier_edition_id,
    earlier_leader_id,
    rule,
    certainty,
    probability
from incoming
