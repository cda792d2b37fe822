-- core.identity_link
-- grain: one row per leader and leader of an earlier edition held to be the same person
-- key: (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
-- reads: nothing · sure links follow a rule, probable ones carry a probability
create table if not exists core.identity_link (
    edition_id text not null,
    leader_id text not null,
    earlier_edition_id text not null,
    earlier_leader_id text not null,
    rule text not null,
    certainty text not null check (certainty in ('sure', 'probable')),
    probability double not null,
    primary key (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
);
