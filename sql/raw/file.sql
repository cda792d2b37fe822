-- raw.file
-- grain: one row per export file taken in · key: file_sha256
-- reads: nothing · an original stays in the inbox; is_current marks the one of its source and edition that
-- counts: the one read last among those that still lie there · event_label is the event that the export names;
-- scores run from 0 to 1, the rival is the second best source; rules_sha256 is the hash of the formats by which it was read;
-- hidden_sheets of a workbook were left out; rates are those of its tickets, as typed; is_edition_told where event.toml or
-- the day on the tickets says which edition it is; is_doubtful where it may be of another event than those beside it
create table if not exists raw.file (
    file_sha256 text primary key,
    file_name text not null,
    source text not null,
    kind text not null,
    edition_id text not null,
    encoding text,
    size_bytes bigint not null,
    row_count bigint not null,
    is_current boolean not null,
    read_at timestamptz not null,
    event_label text,
    recognition_score double not null default 1,
    rival_source text,
    rival_score double,
    rules_sha256 text,
    hidden_sheets text[],
    rates text[],
    is_edition_told boolean not null default false,
    is_doubtful boolean not null default false
);
