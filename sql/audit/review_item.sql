-- audit.review_item
-- grain: one row per question that a person must decide · key: (edition_id, kind, leader_id, typed)
-- reads: nothing · typed is kept as typed, though it may name a person: whoever decides must read what was meant;
-- leader_id is empty where the question is whose an answer is; candidates lists up to three leaders by id,
-- [{"leader_id": ..., "score": ...}], and no name
create table if not exists audit.review_item (
    edition_id text not null,
    kind text not null check (
        kind in ('request', 'exclusion', 'identity', 'withdrawal', 'duplicate', 'company', 'category', 'asker')
    ),
    leader_id text not null,
    typed text not null,
    reason text not null,
    candidates json not null,
    file_sha256 text not null,
    sheet text not null,
    row_number integer not null,
    primary key (edition_id, kind, leader_id, typed)
);
