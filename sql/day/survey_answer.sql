-- day.survey_answer
-- grain: one row per edition and leader who answered · key: (edition_id, leader_id)
-- reads: nothing · satisfaction runs from 1 to 5, recommendation from 0 to 10
create table if not exists day.survey_answer (
    edition_id text not null,
    leader_id text not null,
    satisfaction integer check (satisfaction between 1 and 5),
    recommendation integer check (recommendation between 0 and 10),
    answered_at timestamptz,
    primary key (edition_id, leader_id)
);
