-- core.suggestion
-- grain: one row per proposed partner of a leader with too few requests · key: (edition_id, from_leader_id, to_leader_id)
-- reads: nothing · kept apart from requests; sells_codes are what the first sells and the other seeks, seeks_codes
-- the reverse, both separated by spaces; is_used says that the plan may use it
create table if not exists core.suggestion (
    edition_id text not null,
    from_leader_id text not null,
    to_leader_id text not null,
    rank integer not null,
    score double not null,
    sells_codes text not null,
    seeks_codes text not null,
    is_used boolean not null,
    primary key (edition_id, from_leader_id, to_leader_id)
);
