-- lend today's settings to earlier editions that were never current here; what was noted then stays
-- grain: one row per edition · key: edition_id
-- reads: core.edition, mart.setting
-- binds: edition_id (the current one)
insert into mart.setting (
    edition_id, minimum_meetings, maximum_meetings, price_cents, leader_hour_cents, afternoon_minutes, table_count
)
select
    edition.edition_id,
    setting.minimum_meetings,
    setting.maximum_meetings,
    setting.price_cents,
    setting.leader_hour_cents,
    setting.afternoon_minutes,
    setting.table_count
from core.edition as edition
cross join mart.setting as setting
where setting.edition_id = $edition_id
on conflict do nothing
