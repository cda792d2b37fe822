-- outbox.select_printed
-- grain: one row per plan version of the edition and printed piece · key: (version_id, file_name)
-- reads: outbox.printed · $edition_id
select version_id, file_name, content_sha256
from outbox.printed
where edition_id = $edition_id
order by version_id, file_name;
