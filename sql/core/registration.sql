-- core.registration
-- grain: one row per ticket of an export · key: (edition_id, registration_id)
-- reads: nothing · leads every leader back to the raw rows; a ticket without leader_id is a test or was cancelled
create table if not exists core.registration (
    edition_id text not null,
    registration_id text not null,
    leader_id text,
    status text not null check (status in ('valid', 'duplicate', 'cancelled', 'test', 'unpaid')),
    ordered_at timestamptz,
    amount_cents bigint not null,
    refunded_cents bigint not null,
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    is_vanished boolean not null default false,
    primary key (edition_id, registration_id)
);
