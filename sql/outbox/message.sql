-- outbox.message
-- grain: one row per plan version, leader and kind of mail · key: message_id
-- reads: nothing · the address is looked up at the last moment; the mail itself lies in the file at path
create table if not exists outbox.message (
    message_id uuid primary key,
    edition_id text not null,
    version_id text not null,
    leader_id text not null,
    kind text not null,
    language text not null,
    subject text not null,
    agenda_sha256 text not null,
    path text not null,
    state text not null check (state in ('approved', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'cancelled')),
    attempt_count integer not null,
    smtp_code integer,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    unique (version_id, leader_id, kind)
);
