-- audit.decision
-- grain: one row per question that a person has decided · key: (edition_id, kind, leader_id, typed)
-- reads: nothing · choice is a list of leader ids, or of codes
create table if not exists audit.decision (
    edition_id text not null,
    kind text not null,
    leader_id text not null,
    typed text not null,
    verdict text not null check (verdict in ('chosen', 'nobody', 'confirmed', 'refused')),
    choice json not null,
    is_used boolean not null,
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    primary key (edition_id, kind, leader_id, typed)
);
