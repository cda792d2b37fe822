-- raw.header
-- grain: one row per column of a header line · key: (file_sha256, sheet, position)
-- reads: nothing · field is null where the column was dropped at the door; score runs from 0 to 100; date_order is set
-- for columns of dates
create table if not exists raw.header (
    file_sha256 text not null,
    sheet text not null,
    position integer not null,
    title text not null,
    field text,
    match text not null check (match in ('exact', 'close', 'declared', 'repeated', 'unknown')),
    score double not null,
    date_order text check (date_order in ('day_first', 'month_first')),
    primary key (file_sha256, sheet, position)
);
