-- core.select_registrations_of_edition
-- grain: one row per registration of a leader of an edition · key: registration_id
-- reads: core.registration, raw.file · without those of exports that were taken out of the inbox: an export counts, or
-- one that was read after it, or that overwrote it under its name
-- binds: edition_id
select
    registration.edition_id,
    registration.registration_id,
    registration.leader_id,
    registration.status,
    registration.ordered_at,
    registration.amount_cents,
    registration.refunded_cents,
    registration.file_sha256,
    registration.sheet,
    registration.row_number,
    registration.is_vanished
from core.registration as registration
inner join raw.file as file on registration.file_sha256 = file.file_sha256
inner join raw.file as newest
    on file.source = newest.source and file.edition_id = newest.edition_id and newest.is_current
where
    registration.edition_id = $edition_id
    and registration.leader_id is not null
    and (file.is_current or file.read_at <= newest.read_at or file.file_name = newest.file_name)
order by registration.registration_id
