-- audit.gone_file
-- grain: one row per export whose file has left the inbox · key: file_sha256
-- reads: nothing · made anew by every ingestion; those that count all the same, and those that gave way to one read before
create table if not exists audit.gone_file (
    file_sha256 text primary key
);
