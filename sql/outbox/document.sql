-- outbox.document
-- grain: one row per plan version and leader whose agenda was rendered · key: (version_id, leader_id)
-- reads: nothing · content_sha256 covers the whole agenda and the design; equal content is copied, not rendered again
create table if not exists outbox.document (
    version_id text not null,
    edition_id text not null,
    leader_id text not null,
    agenda_sha256 text not null,
    content_sha256 text not null,
    primary key (version_id, leader_id)
);
