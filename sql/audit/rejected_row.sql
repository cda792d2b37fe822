-- audit.rejected_row
-- grain: one row per refused line and rule · key: (file_sha256, sheet, row_number, column_name, rule)
-- reads: nothing · value_class describes the value without showing it
create table if not exists audit.rejected_row (
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    column_name text not null,
    rule text not null,
    value_class text not null,
    primary key (file_sha256, sheet, row_number, column_name, rule)
);
