-- plan.unmet
-- grain: one row per plan version and request that it does not fulfil · key: (version_id, from_leader_id, to_leader_id)
-- reads: nothing
create table if not exists plan.unmet (
    version_id text not null,
    from_leader_id text not null,
    to_leader_id text not null,
    reason text not null,
    detail text not null,
    primary key (version_id, from_leader_id, to_leader_id)
);
