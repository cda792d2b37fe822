-- the leaders that the gates judge
-- grain: one row per registered leader of the edition · key: leader_id
-- reads: core.leader, core.company, core.registration, core.request, core.unavailability, audit.possible_partner
-- binds: edition_id, slot_starts (instants), slot_minutes
with registered as (
    select
        leader_id,
        catalogue_number,
        person_key,
        trim(given_name || family_name) <> '' as has_name,
        company_id,
        email,
        has_own_email,
        max_meetings,
        is_vanished
    from core.leader
    where edition_id = $edition_id and status = 'registered'
),
company as (
    select company_id
    from core.company
    where edition_id = $edition_id
),
ticketed as (
    select distinct leader_id
    from core.registration
    where edition_id = $edition_id and status = 'valid'
),
asking as (
    select from_leader_id as leader_id, count(*) as request_count
    from core.request
    where edition_id = $edition_id
    group by all
),
sought as (
    select leader_id, partner_count
    from audit.possible_partner($edition_id, $slot_starts::timestamptz[], $slot_minutes)
),
slot as (
    select unnest($slot_starts::timestamptz[]) as starts_at
),
away as (
    select leader_id, starts_at, ends_at
    from core.unavailability
    where edition_id = $edition_id
),
occupied as (
    select away.leader_id, count(distinct slot.starts_at) as occupied_slot_count
    from away
    inner join slot on away.starts_at < slot.starts_at + to_minutes($slot_minutes) and away.ends_at > slot.starts_at
    group by all
)
select
    registered.leader_id,
    registered.catalogue_number,
    registered.person_key,
    registered.has_name,
    company.company_id is not null as has_company,
    ticketed.leader_id is not null as has_ticket,
    not registered.is_vanished as is_in_last_export,
    registered.email,
    registered.has_own_email and registered.email is not null as has_own_email,
    registered.max_meetings,
    coalesce(asking.request_count, 0) as request_count,
    coalesce(sought.partner_count, 0) as partner_count,
    (select count(*) from slot) - coalesce(occupied.occupied_slot_count, 0) as free_slot_count
from registered
left join company on registered.company_id = company.company_id
left join ticketed on registered.leader_id = ticketed.leader_id
left join asking on registered.leader_id = asking.leader_id
left join sought on registered.leader_id = sought.leader_id
left join occupied on registered.leader_id = occupied.leader_id
order by registered.leader_id
