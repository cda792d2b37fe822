-- core.select_identities
-- grain: one row per edition and leader · key: (edition_id, leader_id)
-- reads: core.leader, core.company, core.edition · editions in the order in which they were held; without leaders who
-- turned out to be others
select
    leader.edition_id,
    leader.leader_id,
    leader.family_name,
    leader.given_name,
    company.name_key as company_key,
    company.siren,
    company.postcode,
    leader.email,
    leader.has_own_email,
    leader.phone
from core.leader as leader
inner join core.company as company using (edition_id, company_id)
inner join core.edition as edition using (edition_id)
where leader.merged_into is null
order by edition.held_on, leader.edition_id, leader.catalogue_number
