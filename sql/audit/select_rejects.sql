-- refused cells and lines that somebody can correct, with what stands there and whose line it is
-- grain: one row per refused line and rule · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: audit.refused_line, audit.correction, raw.file, raw.row, core.registration, core.named_leader · corrected
-- is the last correction of the cell, where that was refused too
-- binds: edition_id
with leader as (
    select
        registration.file_sha256,
        registration.sheet,
        registration.row_number,
        registration.leader_id,
        leader.number,
        leader.name,
        leader.company
    from core.registration as registration
    inner join core.named_leader as leader
        on registration.edition_id = leader.edition_id and registration.leader_id = leader.leader_id
    where registration.edition_id = $edition_id
),
corrected as (
    select correction.source, correction.row_key, correction.column_name, row.content ->> '$.answer' as answer
    from audit.correction as correction
    inner join raw.row as row
        on
            correction.file_sha256 = row.file_sha256
            and correction.sheet = row.sheet
            and correction.row_number = row.row_number
    where correction.edition_id = $edition_id
)
select
    refused.file_name,
    refused.sheet,
    refused.row_number,
    refused.column_name,
    refused.rule,
    refused.value_class,
    refused.is_fault,
    file.source,
    file.kind,
    row.row_key,
    row.content::text as content,
    leader.leader_id,
    leader.number as leader_number,
    leader.name as leader_name,
    leader.company as leader_company,
    corrected.answer as corrected
from audit.refused_line as refused
inner join raw.file as file on refused.file_sha256 = file.file_sha256
inner join raw.row as row
    on
        refused.file_sha256 = row.file_sha256
        and refused.sheet = row.sheet
        and refused.row_number = row.row_number
left join leader
    on
        refused.file_sha256 = leader.file_sha256
        and refused.sheet = leader.sheet
        and refused.row_number = leader.row_number
left join corrected
    on
        file.source = corrected.source
        and row.row_key = corrected.row_key
        and refused.column_name = corrected.column_name
where refused.edition_id = $edition_id and refused.is_fault and file.kind <> 'corrections'
order by refused.file_name, refused.sheet, refused.row_number, refused.column_name, refused.rule
