-- audit.correction
-- grain: one row per corrected cell · key: (edition_id, source, row_key, column_name)
-- reads: nothing · the place is that of the correction, whose value lies in raw.row; overtaken: the export says something
-- else by now, and the correction still wins
create table if not exists audit.correction (
    edition_id text not null,
    source text not null,
    row_key text not null,
    column_name text not null,
    state text not null check (state in ('applied', 'unused', 'overtaken')),
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    primary key (edition_id, source, row_key, column_name)
);
