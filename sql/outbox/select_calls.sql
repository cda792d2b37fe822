-- outbox.select_calls
-- grain: one row per leader to be called, the first report first · key: leader_id
-- reads: outbox.call, core.leader, core.company · $edition_id · for the organiser's eyes only
select
    call.leader_id,
    leader.given_name,
    leader.family_name,
    company.name as company,
    coalesce(leader.phone, '') as phone,
    call.smtp_code,
    call.said
from outbox.call
inner join core.leader using (edition_id, leader_id)
inner join core.company using (edition_id, company_id)
where call.edition_id = $edition_id
order by call.since, call.leader_id;
