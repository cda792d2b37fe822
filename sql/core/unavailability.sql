-- core.unavailability
-- grain: one row per edition, leader and span · key: (edition_id, leader_id, starts_at)
-- reads: nothing · the leader meets nobody from starts_at until ends_at
create table if not exists core.unavailability (
    edition_id text not null,
    leader_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (edition_id, leader_id, starts_at)
);
