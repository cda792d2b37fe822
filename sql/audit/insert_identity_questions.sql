-- audit.insert_identity_questions
-- grain: one row per probable link of a registered leader of the current edition · key: (edition_id, kind, leader_id, typed)
-- reads: core.identity_link, core.leader, core.edition, core.registration · typed is edition/leader of the earlier edition
insert into audit.review_item by name
select
    link.edition_id,
    'identity' as kind,
    link.leader_id,
    link.earlier_edition_id || '/' || link.earlier_leader_id as typed,
    'probable' as reason,
    '[]' as candidates,
    min_by(registration.file_sha256, registration.registration_id) as file_sha256,
    min_by(registration.sheet, registration.registration_id) as sheet,
    min_by(registration.row_number, registration.registration_id) as row_number
from core.identity_link as link
inner join core.edition as edition on link.edition_id = edition.edition_id and edition.is_current
inner join core.leader as leader on link.edition_id = leader.edition_id and link.leader_id = leader.leader_id
inner join core.registration as registration
    on link.edition_id = registration.edition_id and link.leader_id = registration.leader_id
where link.certainty = 'probable' and leader.status = 'registered' and registration.status = 'valid'
group by all
