-- audit.gate_run
-- grain: one row per judged state of the base · key: (edition_id, input_sha256)
-- reads: nothing
create table if not exists audit.gate_run (
    edition_id text not null,
    input_sha256 text not null,
    checked_at timestamptz not null,
    is_passed boolean not null,
    primary key (edition_id, input_sha256)
);
