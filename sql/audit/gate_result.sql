-- audit.gate_result
-- grain: one row per gate run and expectation · key: (edition_id, input_sha256, code)
-- reads: nothing · failed_keys names rows by id, never by value
create table if not exists audit.gate_result (
    edition_id text not null,
    input_sha256 text not null,
    code text not null,
    table_name text not null,
    severity text not null check (severity in ('stop', 'warn')),
    is_passed boolean not null,
    checked_count bigint not null,
    failed_count bigint not null,
    failed_keys json not null,
    primary key (edition_id, input_sha256, code)
);
