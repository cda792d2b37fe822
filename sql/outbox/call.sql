-- outbox.call
-- grain: one row per leader whom no mail reaches and whom the organiser must call · key: (edition_id, leader_id)
-- reads: nothing · address_sha256 is the address that failed: with another one the call is settled
create table if not exists outbox.call (
    edition_id text not null,
    leader_id text not null,
    address_sha256 text not null,
    smtp_code integer,
    said text not null,
    since timestamptz not null,
    primary key (edition_id, leader_id)
);
