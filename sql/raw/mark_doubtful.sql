-- raw.mark_doubtful
-- grain: every export · key: file_sha256
-- reads: raw.file
-- binds: doubtful (hashes of the exports that may be of another event than those beside which they count)
update raw.file
set is_doubtful = list_contains($doubtful::text[], file_sha256)
where is_doubtful <> list_contains($doubtful::text[], file_sha256)
