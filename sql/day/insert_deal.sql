-- day.insert_deal
-- grain: one row per edition, leader and partner with whom a deal came of it · key: (edition_id, leader_id, partner_id)
-- reads: incoming
insert into day.deal by name
select
    edition_id,
    leader_id,
    partner_id,
    amount_cents,
    attribution_share,
    confidence_share
from incoming
