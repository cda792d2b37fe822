-- core.request
-- grain: one row per edition and directed request · key: (edition_id, from_leader_id, to_leader_id)
-- reads: nothing · rank counts from 1; match_rule says how the typed name was recognised
create table if not exists core.request (
    edition_id text not null,
    from_leader_id text not null,
    to_leader_id text not null,
    rank integer not null,
    match_rule text not null check (match_rule in ('catalogue_number', 'email', 'exact', 'close', 'decision')),
    match_score double not null,
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    primary key (edition_id, from_leader_id, to_leader_id)
);
