-- mart.figure_satisfaction: answers 4 or 5 / all answers, and answers / |A|
-- grain: one row per edition with answers, and figure · key: (edition_id, code)
-- reads: day.survey_answer, mart.base_size · unknown: leaders present who gave no answer
create or replace view mart.figure_satisfaction as
with answered as (
    select
        edition_id,
        count(*) as answer_count,
        count(satisfaction) as rated_count,
        count(*) filter (where satisfaction >= 4) as satisfied_count
    from day.survey_answer
    group by all
),
figure as (
    select
        answered.edition_id,
        unnest(['satisfaction', 'response_rate']) as code,
        unnest([answered.satisfied_count, answered.answer_count]) as numerator,
        unnest([answered.rated_count, size.present_count]) as denominator,
        greatest(size.present_count - unnest([answered.rated_count, answered.answer_count]), 0) as unknown_count
    from answered
    inner join mart.base_size as size on answered.edition_id = size.edition_id
)
select edition_id, code, numerator, denominator, unknown_count, numerator / denominator as value
from figure
where denominator > 0
