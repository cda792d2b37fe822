-- day.attendance
-- grain: one row per edition and leader whose presence was recorded · key: (edition_id, leader_id)
-- reads: nothing
create table if not exists day.attendance (
    edition_id text not null,
    leader_id text not null,
    is_present boolean not null,
    checked_in_at timestamptz,
    primary key (edition_id, leader_id)
);
