-- the exports that count, the newest first, with what is doubtful about each
-- grain: one row per file that counts · key: file_sha256
-- reads: raw.file, raw.header · close columns were taken for a field though their title is not one of its titles
with titled as (
    select
        file_sha256,
        list(title order by sheet, position) filter (where match = 'unknown') as unknown_columns,
        list(
            {
                'title': title,
                'field': field
            }
            order by sheet, position
        ) filter (where match = 'close') as close_columns
    from raw.header
    group by all
)
select
    file.file_sha256,
    file.file_name,
    file.source,
    file.edition_id,
    file.row_count,
    file.read_at,
    file.recognition_score,
    file.rival_source,
    file.rival_score,
    coalesce(file.hidden_sheets, []) as hidden_sheets,
    coalesce(titled.unknown_columns, []) as unknown_columns,
    coalesce(titled.close_columns, []) as close_columns
from raw.file as file
left join titled on file.file_sha256 = titled.file_sha256
where file.is_current
order by file.read_at desc, file.edition_id desc, file.file_name asc
