-- the exports that count, and those that have left the inbox, the newest first, with what is doubtful about each
-- grain: one row per file · key: file_sha256
-- reads: raw.file, raw.header, audit.gone_file · close columns were taken for a field though their title is not one of its titles
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
    file.is_current,
    gone.file_sha256 is not null as is_gone,
    coalesce(file.hidden_sheets, []) as hidden_sheets,
    coalesce(titled.unknown_columns, []) as unknown_columns,
    coalesce(titled.close_columns, []) as close_columns
from raw.file as file
left join titled on file.file_sha256 = titled.file_sha256
left join audit.gone_file as gone on file.file_sha256 = gone.file_sha256
where file.is_current or gone.file_sha256 is not null
order by file.read_at desc, file.edition_id desc, file.file_name asc
