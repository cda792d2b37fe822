-- core.insert_registration
-- grain: one row per ticket of an export · key: (edition_id, registration_id)
-- reads: incoming
insert into core.registration by name
select
    edition_id,
    registration_id,
    leader_id,
    status,
    ordered_at,
    amount_cents,
    refunded_cents,
    file_sha256,
    sheet,
    row_number,
    is_vanished
from incoming
