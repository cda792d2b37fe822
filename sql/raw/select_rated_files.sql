-- raw.select_rated_files
-- grain: one row per registration export that names rates, counting or not · key: file_sha256
-- reads: raw.file · those read first come first
select
    file_sha256,
    file_name,
    source,
    edition_id,
    rates,
    is_current,
    is_edition_told,
    event_label is not null as has_label
from raw.file
where kind = 'registration' and len(rates) > 0
order by source, edition_id, read_at, file_name, file_sha256
