-- raw.row
-- grain: one row per line of an export · key: (file_sha256, sheet, row_number)
-- reads: nothing · content holds the allowed columns only, as typed, under the field names of the source;
-- row_key tells the same row again in a later export of the source, unique within a file
create table if not exists raw.row (
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    row_key text not null,
    content json not null,
    primary key (file_sha256, sheet, row_number)
);
