-- day.delete_survey_answer
-- grain: the whole table · key: (edition_id, leader_id)
-- reads: day.survey_answer · only inside the transaction that fills it again
delete from day.survey_answer
