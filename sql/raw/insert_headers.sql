-- raw.insert_headers
-- grain: one row per column of a header line · key: (file_sha256, sheet, position)
-- reads: incoming
-- binds: file_sha256
insert into raw.header by name
select
    $file_sha256 as file_sha256,
    sheet,
    position,
    title,
    field,
    match,
    score,
    date_order
from incoming
