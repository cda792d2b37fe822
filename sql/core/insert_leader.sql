-- core.insert_leader
-- grain: one row per edition and person · key: (edition_id, leader_id)
-- reads: incoming
insert into core.leader by name
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
from incoming
