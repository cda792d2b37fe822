-- raw.select_current_rows
-- grain: one row per line of a current export, and per line that vanished from it · key: (file_sha256, sheet, row_number)
-- reads: raw.file, raw.row · in the order in which files were read · a registration vanished if an export of the same
-- source and edition, read before a current one or overwritten by it under its name, has it and no current one has it;
-- its newest version is given · what only an export said that was taken out of the inbox did not vanish
with whole as (
    select source, edition_id, max(read_at) as read_at, list(file_name) as file_names
    from raw.file
    where is_current
    group by source, edition_id
),

earlier as (
    select file.*
    from raw.file as file
    inner join whole on file.source = whole.source and file.edition_id = whole.edition_id
    where
        not file.is_current
        and file.kind = 'registration'
        and (file.read_at <= whole.read_at or list_contains(whole.file_names, file.file_name))
),

line as (
    select file.edition_id, file.source, file.read_at, row.*, false as is_vanished
    from raw.file as file
    inner join raw.row as row using (file_sha256)
    where file.is_current
),

gone as (
    select earlier.edition_id, earlier.source, earlier.read_at, row.*, true as is_vanished
    from earlier
    inner join raw.row as row using (file_sha256)
    anti join line on earlier.edition_id = line.edition_id and earlier.source = line.source and row.row_key = line.row_key
    qualify row_number() over (
        partition by earlier.edition_id, earlier.source, row.row_key
        order by earlier.read_at desc, earlier.file_sha256 asc
    ) = 1
),

told as (
    select * from line
    union all by name
    select * from gone
)

select edition_id, source, file_sha256, sheet, row_number, row_key, is_vanished
from told
order by edition_id, read_at, file_sha256, sheet, row_number
