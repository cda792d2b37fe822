-- outbox.message
-- grain: one row per mail to a leader · key: message_id, made from plan version and leader for agendas, from edition, kind
-- and leader for every other kind, so that each goes once
-- reads: nothing · the address is looked up at the last moment; the mail itself lies in the file at path; a mail that could
-- not be written is failed, was never attempted and has no content_sha256
create table if not exists outbox.message (
    message_id uuid primary key,
    edition_id text not null,
    version_id text,
    leader_id text not null,
    kind text not null,
    language text not null,
    subject text not null,
    agenda_sha256 text,
    content_sha256 text not null,
    path text not null,
    state text not null check (
        state in ('draft', 'approved', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'cancelled')
    ),
    attempt_count integer not null,
    retry_at timestamptz,
    smtp_code integer,
    smtp_said text,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
