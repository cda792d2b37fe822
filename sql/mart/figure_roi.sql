-- mart.figure_roi: (benefits - costs) / costs x 100, and the benefits in cents
-- grain: one row per edition with a follow-up survey, and figure · key: (edition_id, code)
-- reads: day.deal, mart.base_spending · benefits: sum of deal x attribution x confidence; silence counts 0, and the
-- silent leaders are the unknowns · source: J. J. Phillips, Return on Investment in Training, 1997
create or replace view mart.figure_roi as
with reported as (
    select
        edition_id,
        count(distinct leader_id) as answer_count,
        round(sum(amount_cents * attribution_share * confidence_share))::bigint as benefit_cents
    from day.deal
    group by all
),
figure as (
    select
        reported.edition_id,
        unnest(['benefits', 'roi']) as code,
        unnest([reported.benefit_cents, reported.benefit_cents - spending.cost_cents]) as numerator,
        unnest([null, spending.cost_cents]) as denominator,
        greatest(spending.present_count - reported.answer_count, 0) as unknown_count
    from reported
    inner join mart.base_spending as spending on reported.edition_id = spending.edition_id
    where spending.cost_cents > 0
)
select
    edition_id,
    code,
    numerator,
    denominator,
    unknown_count,
    if(code = 'roi', 100 * numerator / denominator, numerator) as value
from figure
