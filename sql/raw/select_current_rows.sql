-- raw.select_current_rows
-- grain: one row per line of a current export, and per line that vanished from it · key: (file_sha256, sheet, row_number)
-- reads: raw.file, raw.row · in the order in which files were read · a registration vanished if an export of the same
-- source and edition, read before the current one or overwritten by it under its name, has it and the current one has
-- not; its newest version is given · what only an export said that was taken out of the inbox did not vanish
with earlier as (
    select file.*, newest.file_sha256 as newest_sha256
    from raw.file as file
    inner join raw.file as newest
        on file.source = newest.source and file.edition_id = newest.edition_id and newest.is_current
    where
        not file.is_current
        and file.kind = 'registration'
        and (file.read_at <= newest.read_at or file.file_name = newest.file_name)
),

line as (
    select file.edition_id, file.source, file.read_at, row.*, false as is_vanished
    from raw.file as file
    inner join raw.row as row using (file_sha256)
    where file.is_current
    union all by name
    select earlier.edition_id, earlier.source, earlier.read_at, row.*, true as is_vanished
    from earlier
    inner join raw.row as row using (file_sha256)
    left join raw.row as kept on earlier.newest_sha256 = kept.file_sha256 and row.row_key = kept.row_key
    where kept.row_key is null
    qualify row_number() over (
        partition by earlier.edition_id, earlier.source, row.row_key
        order by earlier.read_at desc, earlier.file_sha256 asc
    ) = 1
)

select edition_id, source, file_sha256, sheet, row_number, row_key, content::text as content, is_vanished
from line
order by edition_id, read_at, file_sha256, sheet, row_number
