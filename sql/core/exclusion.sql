-- core.exclusion
-- grain: one row per edition and unordered pair · key: (edition_id, leader_a, leader_b)
-- reads: nothing · leader_a sorts before leader_b; these two must not meet
create table if not exists core.exclusion (
    edition_id text not null,
    leader_a text not null,
    leader_b text not null,
    primary key (edition_id, leader_a, leader_b)
);
