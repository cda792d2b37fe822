-- plan.ruling
-- grain: one row per pair that the organiser has locked or forbidden · key: (edition_id, leader_a, leader_b)
-- reads: nothing · leader_a sorts before leader_b; it holds for every later plan until it is lifted
create table if not exists plan.ruling (
    edition_id text not null,
    leader_a text not null,
    leader_b text not null,
    ruling text not null check (ruling in ('lock', 'forbid')),
    ruled_by text not null,
    ruled_at timestamptz not null,
    primary key (edition_id, leader_a, leader_b)
);
