-- raw.settle_current
-- grain: the files of every source and edition of which a file lies in the inbox · key: file_sha256
-- reads: raw.file · the one read last among those present counts; where none is present, nothing changes
-- binds: present (hashes of the files in the inbox)
with newest as (
    select source, edition_id, arg_max(file_sha256, (read_at, is_current, file_sha256)) as file_sha256
    from raw.file
    where file_sha256 in $present
    group by all
)
update raw.file as file
set is_current = file.file_sha256 = newest.file_sha256
from newest
where
    file.source = newest.source
    and file.edition_id = newest.edition_id
    and file.is_current <> (file.file_sha256 = newest.file_sha256)
