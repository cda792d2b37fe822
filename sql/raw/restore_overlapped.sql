-- raw.restore_overlapped
-- grain: the files that overlap one that counts · key: file_sha256
-- reads: raw.overlap, raw.file · before it is forgotten, all whose place it may have taken count again, until the inbox
-- is settled
-- binds: file_sha256
update raw.file as file
set is_current = true
from raw.overlap as overlap
where
    overlap.file_sha256 = $file_sha256
    and file.file_sha256 = overlap.other_sha256
    and (select is_current from raw.file where file_sha256 = $file_sha256)
