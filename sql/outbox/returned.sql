-- outbox.returned
-- grain: one row per mail that came back and was understood · key: report_sha256
-- reads: nothing · message_id and leader_id are null for a report that belongs to nobody of ours; a report that is here is
-- not looked at again
create table if not exists outbox.returned (
    report_sha256 text primary key,
    edition_id text not null,
    kind text not null check (kind in ('permanent', 'temporary', 'unsubscribe')),
    message_id uuid,
    leader_id text,
    smtp_code integer,
    status text not null,
    said text not null,
    read_at timestamptz not null
);
