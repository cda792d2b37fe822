-- audit.set_aside_file
-- grain: one row per file of the inbox that could not be taken in · key: file_name
-- reads: nothing · made anew by every ingestion
create table if not exists audit.set_aside_file (
    file_name text not null,
    file_sha256 text,
    sentence_fr text not null,
    sentence_en text not null,
    set_aside_at timestamptz not null,
    primary key (file_name)
);
