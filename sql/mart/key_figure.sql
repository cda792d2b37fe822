-- mart.key_figure
-- grain: one row per edition and key figure · key: (edition_id, code)
-- reads: core.edition, mart.base_size and every mart.figure_* · value is null where nothing was measured
-- unit: count, mean, share (0 to 1), points, cents or percent · basis: what |A| rests on, 'present' or 'registered'
-- low, high: for repeat_share and retention sure and sure + probable; for a rate over fewer than 20 its 95 % interval
create or replace view mart.key_figure as
with figure as (
    select * from mart.figure_count
    union all by name select * from mart.figure_attendance
    union all by name select * from mart.figure_meetings
    union all by name select * from mart.figure_requests
    union all by name select * from mart.figure_kept
    union all by name select * from mart.figure_fill
    union all by name select * from mart.figure_same_day
    union all by name select * from mart.figure_satisfaction
    union all by name select * from mart.figure_nps
    union all by name select * from mart.figure_repeat
    union all by name select * from mart.figure_outcome
    union all by name select * from mart.figure_cost
    union all by name select * from mart.figure_roi
),
wanted (code, unit) as (
    values
    ('registered', 'count'),
    ('present', 'count'),
    ('requests', 'count'),
    ('planned', 'count'),
    ('held', 'count'),
    ('attendance', 'share'),
    ('meetings_mean', 'mean'),
    ('meetings_median', 'mean'),
    ('meetings_minimum', 'count'),
    ('meetings_maximum', 'count'),
    ('meetings_in_range', 'share'),
    ('requests_planned', 'share'),
    ('requests_planned_mutual', 'share'),
    ('requests_held', 'share'),
    ('requests_held_mutual', 'share'),
    ('kept', 'share'),
    ('no_show', 'share'),
    ('fill', 'share'),
    ('full_share', 'share'),
    ('below_minimum_share', 'share'),
    ('same_day_share', 'share'),
    ('satisfaction', 'share'),
    ('response_rate', 'share'),
    ('nps', 'points'),
    ('repeat_share', 'share'),
    ('retention', 'share'),
    ('outcome_rate', 'share'),
    ('informative_rate', 'share'),
    ('cost_per_held_meeting', 'cents'),
    ('benefits', 'cents'),
    ('roi', 'percent')
),
bounded as (
    select
        size.edition_id,
        wanted.code,
        figure.numerator,
        figure.denominator,
        figure.unknown_count,
        figure.value,
        figure.low,
        figure.high,
        wanted.unit,
        size.basis,
        if(
            wanted.unit = 'share' and figure.low is null and figure.denominator < 20,
            mart.wilson_interval(figure.numerator, figure.denominator),
            null
        ) as wilson
    from mart.base_size as size
    cross join wanted
    left join figure on size.edition_id = figure.edition_id and wanted.code = figure.code
)
select
    edition_id,
    code,
    numerator::bigint as numerator,
    denominator::bigint as denominator,
    unknown_count::bigint as unknown_count,
    value::double as value,
    coalesce(low, wilson.low)::double as low,
    coalesce(high, wilson.high)::double as high,
    unit,
    basis
from bounded
