-- day.outcome
-- grain: one row per edition and pair that met or should have met · key: (edition_id, leader_a, leader_b)
-- reads: nothing · leader_a sorts before leader_b
create table if not exists day.outcome (
    edition_id text not null,
    leader_a text not null,
    leader_b text not null,
    outcome text not null check (outcome in ('held', 'no_show', 'unknown')),
    is_same_day boolean not null,
    primary key (edition_id, leader_a, leader_b)
);
