-- core.exhibitor
-- grain: one row per edition and exhibitor or partner · key: (edition_id, exhibitor_id)
-- reads: nothing
create table if not exists core.exhibitor (
    edition_id text not null,
    exhibitor_id text not null,
    name text not null,
    kind text not null check (kind in ('exhibitor', 'partner')),
    stand text,
    description text,
    primary key (edition_id, exhibitor_id)
);
