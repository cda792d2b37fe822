-- mart.slot
-- grain: one row per edition and slot of its afternoon · key: (edition_id, starts_at)
-- reads: nothing · what event.toml decided when the edition was the current one
create table if not exists mart.slot (
    edition_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (edition_id, starts_at)
);
