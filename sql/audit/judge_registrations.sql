-- the tickets that the gates judge
-- grain: one row per ticket of the edition · key: registration_id
-- reads: core.registration, core.leader, core.edition, raw.row
-- binds: edition_id, price_cents (VAT included)
with ticket as (
    select
        registration_id,
        leader_id,
        status,
        ordered_at::date as ordered_on,
        amount_cents,
        refunded_cents,
        file_sha256,
        sheet,
        row_number
    from core.registration
    where edition_id = $edition_id
),
leader as (
    select leader_id
    from core.leader
    where edition_id = $edition_id
),
edition as (
    select held_on
    from core.edition
    where edition_id = $edition_id
),
line as (
    select file_sha256, sheet, row_number
    from raw.row
)
select
    ticket.registration_id,
    line.row_number is not null as has_raw_row,
    ticket.leader_id is null or leader.leader_id is not null as is_of_known_leader,
    ticket.status not in ('valid', 'duplicate') or ticket.leader_id is not null as is_of_someone,
    ticket.amount_cents,
    ticket.refunded_cents <= greatest(ticket.amount_cents, 0) as is_refund_within_amount,
    ticket.status <> 'valid' or ticket.amount_cents in (0, $price_cents) as is_of_known_price,
    coalesce(ticket.ordered_on between edition.held_on - interval 13 month and edition.held_on, true) as is_of_this_season
from ticket
left join leader on ticket.leader_id = leader.leader_id
left join edition on true
left join line
    on
        ticket.file_sha256 = line.file_sha256
        and ticket.sheet = line.sheet
        and ticket.row_number = line.row_number
order by ticket.registration_id
