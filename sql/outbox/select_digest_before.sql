-- outbox.select_digest_before
-- grain: one row, none before the first night: what waited for a person in the last night before this one
-- key: (edition_id, night)
-- reads: outbox.digest · $edition_id, $night
select open_items::text as open_items
from outbox.digest
where edition_id = $edition_id and night < $night
order by night desc
limit 1
