-- outbox.returned
-- grain: one row per mail that came back and was understood, or that a server refused at once · key: report_sha256
-- reads: nothing · attempt_count is how often the message had been tried by then; a report that is here is not looked at
-- again
create table if not exists outbox.returned (
    report_sha256 text primary key,
    edition_id text not null,
    kind text not null check (kind in ('permanent', 'temporary', 'unsubscribe')),
    message_id uuid not null,
    leader_id text not null,
    attempt_count integer not null,
    smtp_code integer,
    status text not null,
    said text not null,
    read_at timestamptz not null
);
