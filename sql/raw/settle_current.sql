-- raw.settle_current
-- grain: the files of every source and edition · key: file_sha256
-- reads: raw.file · of each source and edition the file read last among those present counts; where none is present
-- nothing changes, unless what counted is no longer there: then the one read last counts again · workbooks of
-- corrections all count, for ever
-- binds: present (hashes of the files in the inbox, in the order in which they were read)
with candidate as (
    select *, coalesce(list_position($present::text[], file_sha256), 0) as position
    from raw.file
    where kind <> 'corrections'
),

newest as (
    select source, edition_id, arg_max(file_sha256, (position > 0, read_at, is_current, position, file_sha256)) as file_sha256
    from candidate
    group by all
    having max(position) > 0 or not bool_or(is_current)
)

update raw.file as file
set is_current = file.file_sha256 = newest.file_sha256
from newest
where
    file.source = newest.source
    and file.edition_id = newest.edition_id
    and file.is_current <> (file.file_sha256 = newest.file_sha256)
