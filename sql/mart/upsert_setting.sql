-- note what event.toml decides for the current edition
-- grain: one row · key: edition_id
-- reads: nothing
insert or replace into mart.setting (
    edition_id, minimum_meetings, maximum_meetings, price_cents, leader_hour_cents, afternoon_minutes, table_count
)
values (
    $edition_id,
    $minimum_meetings,
    $maximum_meetings,
    $price_cents,
    $leader_hour_cents,
    $afternoon_minutes,
    $table_count
)
