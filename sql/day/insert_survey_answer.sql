-- day.insert_survey_answer
-- grain: one row per edition and leader who answered · key: (edition_id, leader_id)
-- reads: incoming
insert into day.survey_answer by name
select
    edition_id,
    leader_id,
    satisfaction,
    recommendation,
    answered_at
from incoming
