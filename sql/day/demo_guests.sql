-- day.demo_guests
-- grain: one row per registered leader of an edition · key: leader_id
-- reads: core.leader, core.company, core.registration · ticket is the first valid one
with ticket as (
    select
        leader_id,
        arg_min(registration_id, (ordered_at, registration_id)) as ticket
    from core.registration
    where edition_id = $edition_id and status = 'valid'
    group by leader_id
)

select
    leader.leader_id,
    leader.catalogue_number,
    leader.family_name,
    leader.given_name,
    leader.email,
    company.company_id,
    company.name as company,
    ticket.ticket
from core.leader
inner join core.company using (edition_id, company_id)
left join ticket using (leader_id)
where leader.edition_id = $edition_id and leader.status = 'registered'
order by leader.leader_id
