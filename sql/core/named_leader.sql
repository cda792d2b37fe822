-- core.named_leader
-- grain: one row per leader of an edition · key: (edition_id, leader_id)
-- reads: core.leader, core.company · how a leader is named to the organiser
create or replace view core.named_leader as
select
    leader.edition_id,
    leader.leader_id,
    leader.catalogue_number as number,
    trim(leader.given_name || ' ' || leader.family_name) as name,
    company.name as company
from core.leader as leader
inner join core.company as company on leader.edition_id = company.edition_id and leader.company_id = company.company_id
