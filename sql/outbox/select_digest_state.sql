-- outbox.select_digest_state
-- grain: one row, none where the night has no digest yet · key: (edition_id, night)
-- reads: outbox.digest · $edition_id, $night
select state, content_sha256, written_at
from outbox.digest
where edition_id = $edition_id and night = $night
