-- mart.figure_nps: % 9-10 minus % 0-6, in points
-- grain: one row per edition with answers · key: (edition_id, code)
-- reads: day.survey_answer, mart.base_size · numerator: promoters minus detractors
-- source: F. F. Reichheld, Harvard Business Review 81 (12), 2003
create or replace view mart.figure_nps as
with answered as (
    select
        edition_id,
        count(recommendation) as answer_count,
        count(*) filter (where recommendation >= 9) - count(*) filter (where recommendation <= 6) as balance_count
    from day.survey_answer
    group by all
)
select
    answered.edition_id,
    'nps' as code,
    answered.balance_count as numerator,
    answered.answer_count as denominator,
    greatest(size.present_count - answered.answer_count, 0) as unknown_count,
    100 * answered.balance_count / answered.answer_count as value
from answered
inner join mart.base_size as size on answered.edition_id = size.edition_id
where answered.answer_count > 0
