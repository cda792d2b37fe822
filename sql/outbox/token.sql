-- outbox.token
-- grain: one row per mark that an agenda of a plan version bears or has borne · key: (version_id, leader_id, token)
-- reads: nothing · is_current: the agenda as it was last written; a former mark stays, for sheets that were printed with it
create table if not exists outbox.token (
    version_id text not null,
    edition_id text not null,
    leader_id text not null,
    token text not null,
    is_current boolean not null,
    primary key (version_id, leader_id, token)
);
