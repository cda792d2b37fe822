-- outbox.message
-- grain: one row per mail to a leader · key: message_id, made from plan version and leader for agendas, from edition, kind
-- and leader for every other kind, so that each goes once
-- reads: nothing · the address is looked up at the last moment; the mail itself lies in the file at path, and content_sha256
-- says what was approved, empty where the mail could not be written; version_id and agenda_sha256 are null for kinds that
-- are about no plan; retry_at is when a deferred one may go again; smtp_said is the server's last answer without addresses;
-- which state may follow which: see tasks/publish/outbox/states.py
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
