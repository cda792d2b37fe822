-- the files that name their event, as far as they lie in the inbox or count
-- grain: one row per file · key: file_sha256
-- reads: raw.file
-- binds: present (hashes of the files in the inbox)
select
    file_sha256,
    file_name,
    source,
    edition_id,
    event_label,
    is_current,
    list_contains($present::text[], file_sha256) as is_present
from raw.file
where event_label is not null and (is_current or list_contains($present::text[], file_sha256))
order by source, edition_id, file_sha256
