-- outbox.printed
-- grain: one row per plan version and printed piece that was made · key: (version_id, file_name)
-- reads: nothing · content_sha256 covers all that the piece shows and how; equal content is copied, not laid out again
create table if not exists outbox.printed (
    version_id text not null,
    edition_id text not null,
    file_name text not null,
    content_sha256 text not null,
    primary key (version_id, file_name)
);
