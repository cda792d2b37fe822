-- outbox.select_newest_digest
-- grain: one row, none before the first ingestion: the digest written last · key: (edition_id, night)
-- reads: outbox.digest · $edition_id
select night, path, state, is_quiet
from outbox.digest
where edition_id = $edition_id
order by night desc
limit 1
