-- plan.meeting
-- grain: one row per meeting of a plan version · key: (version_id, leader_a, leader_b)
-- reads: nothing · leader_a sorts before leader_b; rank_a is the rank at which leader_a asked, null if not;
-- where both are null the meeting was suggested or fixed
create table if not exists plan.meeting (
    version_id text not null,
    leader_a text not null,
    leader_b text not null,
    slot_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    table_id text not null,
    rank_a integer,
    rank_b integer,
    primary key (version_id, leader_a, leader_b)
);
