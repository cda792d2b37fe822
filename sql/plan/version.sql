-- plan.version
-- grain: one row per plan version · key: version_id
-- reads: nothing · never updated once written; problem and plan are the files of the contract, byte for byte
-- registrations_sha256: the registrations and event.toml as they were, before what a run or a ruling adds to them
create table if not exists plan.version (
    version_id text primary key,
    edition_id text not null,
    number integer not null,
    kind text not null check (kind in ('preliminary', 'final', 'same_day')),
    parent_version_id text,
    problem_sha256 text not null,
    registrations_sha256 text,
    problem text not null,
    plan text not null,
    status text not null,
    seed bigint not null,
    solver text not null,
    shortfall bigint not null,
    shortfall_bound bigint not null,
    value bigint not null,
    value_bound bigint not null,
    gaps bigint not null,
    gaps_bound bigint not null,
    breaks bigint not null,
    table_changes bigint not null,
    table_changes_bound bigint not null,
    created_at timestamptz not null
);
