-- audit.change
-- grain: one row per leader, kind of change and field that changed in a night · key: (edition_id, night, leader_id, kind, field)
-- reads: nothing · field is empty where the change is the leader as a whole; kept for ever
create table if not exists audit.change (
    edition_id text not null,
    night date not null,
    leader_id text not null,
    kind text not null check (kind in ('registered', 'changed', 'withdrawn', 'returned', 'vanished')),
    field text not null,
    before text not null,
    after text not null,
    primary key (edition_id, night, leader_id, kind, field)
);
