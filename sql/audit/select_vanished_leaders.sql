-- leaders who are no longer in the last full export, until a person confirms
-- grain: one row per leader · key: leader_id
-- reads: core.leader, core.company
-- binds: edition_id
select
    leader.leader_id,
    leader.given_name,
    leader.family_name,
    coalesce(company.name, '') as company
from core.leader as leader
left join core.company as company
    on leader.edition_id = company.edition_id and leader.company_id = company.company_id
where leader.edition_id = $edition_id and leader.status = 'registered' and leader.is_vanished
order by leader.leader_id
