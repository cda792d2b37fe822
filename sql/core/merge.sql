-- core.merge
-- grain: one row per ticket that is another ticket of a leader already registered · key: (edition_id, registration_id)
-- reads: nothing · evidence lists what agrees, by name of field; a person's verdict undoes a merge (audit.decision)
create table if not exists core.merge (
    edition_id text not null,
    registration_id text not null,
    leader_id text not null,
    into_registration_id text not null,
    rule text not null,
    evidence text not null,
    primary key (edition_id, registration_id)
);
