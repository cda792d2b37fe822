-- plan.select_leader_agendas
-- grain: one row per registered leader, in the order of names · key: leader_id
-- reads: core.leader, core.company, plan.meeting · no address and no telephone
with seats as (
    select
        unnest([leader_a, leader_b]) as leader_id,
        starts_at
    from plan.meeting
    where version_id = $version_id
)

select
    leader.leader_id,
    leader.given_name,
    leader.family_name,
    company.name as company,
    count(seats.leader_id) as meetings_count,
    min(seats.starts_at) as first_starts_at
from core.leader
inner join core.company on leader.edition_id = company.edition_id and leader.company_id = company.company_id
left join seats on leader.leader_id = seats.leader_id
where leader.edition_id = $edition_id and leader.status = 'registered'
group by leader.leader_id, leader.given_name, leader.family_name, company.name
order by leader.family_name collate noaccent.nocase, leader.given_name collate noaccent.nocase, leader.leader_id;
