-- plan.select_named_leaders
-- grain: one row per leader of an edition, also those who have withdrawn · key: leader_id
-- reads: core.leader, core.company · to find out who is meant; whoever turned out to be another leader is left out
select
    leader.leader_id,
    company.name as company,
    leader.given_name,
    leader.family_name,
    leader.status = 'withdrawn' as is_withdrawn
from core.leader
inner join core.company on leader.edition_id = company.edition_id and leader.company_id = company.company_id
where leader.edition_id = $edition_id and leader.merged_into is null
order by leader.leader_id;
