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
where
    registration.edition_id = $edition_id
    and registration.leader_id is not null
    and exists (
        from raw.file as newest
        where
            newest.is_current
            and newest.source = file.source
            and newest.edition_id = file.edition_id
            and (file.is_current or file.read_at <= newest.read_at or file.file_name = newest.file_name)
    )
order by registration.registration_id
