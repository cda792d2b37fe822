-- core.edition
-- grain: one row per edition of the event · key: edition_id
-- reads: nothing · written from event.toml
create table if not exists core.edition (
    edition_id text primary key,
    number integer not null,
    title text not null,
    held_on date not null,
    is_current boolean not null
);
