-- the registered leaders with fewer possible partners than the minimum of meetings, the poorest first
-- grain: one row per leader · key: leader_id
-- reads: core.leader, core.company, core.suggestion, audit.possible_partner · all_count is how many there are in all
-- binds: edition_id, slot_starts (instants), slot_minutes, minimum, most
with sought as (
    select leader_id, partner_count
    from audit.possible_partner($edition_id, $slot_starts::timestamptz[], $slot_minutes)
),
suggested as (
    select from_leader_id, count(*) as suggestion_count
    from core.suggestion
    where edition_id = $edition_id
    group by all
)
select
    leader.leader_id,
    leader.given_name,
    leader.family_name,
    coalesce(company.name, '') as company,
    coalesce(sought.partner_count, 0) as partner_count,
    coalesce(suggested.suggestion_count, 0) as suggestion_count,
    count(*) over () as all_count
from core.leader as leader
left join core.company as company on company.edition_id = $edition_id and leader.company_id = company.company_id
left join sought on leader.leader_id = sought.leader_id
left join suggested on leader.leader_id = suggested.from_leader_id
where
    leader.edition_id = $edition_id
    and leader.status = 'registered'
    and coalesce(sought.partner_count, 0) < $minimum
order by partner_count, leader.leader_id
limit $most
