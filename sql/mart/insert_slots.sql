-- note the slots of the current edition
-- grain: one row per slot · key: (edition_id, starts_at)
-- reads: nothing
-- binds: edition_id, slot_starts (instants), slot_minutes
with slot as (
    select unnest($slot_starts::timestamptz[]) as starts_at
)
insert into mart.slot (edition_id, starts_at, ends_at)
select $edition_id as edition_id, starts_at, starts_at + to_minutes($slot_minutes) as ends_at
from slot
