-- audit.insert_correction
-- grain: one row per corrected cell · key: (edition_id, source, row_key, column_name)
-- reads: incoming
insert into audit.correction by name
select
    edition_id,
    source,
    row_key,
    column_name,
    state,
    file_sha256,
    sheet,
    row_number
from incoming
