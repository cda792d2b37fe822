-- outbox.digest
-- grain: one row per edition and night · key: (edition_id, night)
-- reads: nothing · the digest goes to the organiser once a night, whatever happens; open_items are hashes of what waited for
-- a person, so that the next night can tell what is new
create table if not exists outbox.digest (
    edition_id text not null,
    night date not null,
    content_sha256 text not null,
    open_items json not null,
    is_quiet boolean not null,
    path text not null,
    state text not null check (state in ('written', 'sending', 'sent', 'deferred', 'failed', 'unknown')),
    attempt_count integer not null,
    smtp_code integer,
    written_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (edition_id, night)
);
