-- core.select_leaders_of_edition
-- grain: one row per leader of an edition · key: leader_id
-- reads: core.leader
select
    edition_id,
    leader_id,
    catalogue_number,
    person_key,
    company_id,
    family_name,
    given_name,
    job_title,
    email,
    has_own_email,
    phone,
    role,
    presentation,
    language,
    max_meetings,
    status,
    registered_at,
    is_vanished,
    merged_into,
    payer_email
from core.leader
where edition_id = $edition_id
order by catalogue_number
