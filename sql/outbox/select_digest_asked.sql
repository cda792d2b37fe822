-- the leaders for whom most others ask
-- grain: one row per leader · key: leader_id
-- reads: core.request, core.leader, core.company
-- binds: edition_id, most
with asked as (
    select to_leader_id, count(*) as request_count
    from core.request
    where edition_id = $edition_id
    group by all
)
select
    leader.leader_id,
    leader.given_name,
    leader.family_name,
    coalesce(company.name, '') as company,
    asked.request_count
from asked
inner join core.leader as leader on leader.edition_id = $edition_id and asked.to_leader_id = leader.leader_id
left join core.company as company on company.edition_id = $edition_id and leader.company_id = company.company_id
order by asked.request_count desc, leader.leader_id asc
limit $most
