-- raw.settle_current
-- grain: every export · key: file_sha256
-- reads: raw.file · workbooks of corrections all count, for ever
-- binds: counting (hashes of the exports that count)
update raw.file
set is_current = list_contains($counting::text[], file_sha256)
where kind <> 'corrections' and is_current <> list_contains($counting::text[], file_sha256)
