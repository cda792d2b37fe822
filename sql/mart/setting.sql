-- mart.setting
-- grain: one row per edition · key: edition_id
-- reads: nothing · what event.toml decided when the edition was the current one; views take no parameters
create table if not exists mart.setting (
    edition_id text primary key,
    minimum_meetings integer not null,
    maximum_meetings integer not null,
    price_cents bigint not null,
    leader_hour_cents bigint not null,
    afternoon_minutes integer not null,
    table_count integer not null
);
