-- mart.figure_count: N, |A|, Q, S, H
-- grain: one row per edition and count · key: (edition_id, code)
-- reads: mart.base_size · a count has no denominator
create or replace view mart.figure_count as
with counted as (
    select
        edition_id,
        unnest(['registered', 'present', 'requests', 'planned', 'held']) as code,
        unnest([
            registered_count,
            if(basis = 'present', present_count, null),
            request_count,
            planned_count,
            held_count
        ]) as numerator,
        unnest([0, 0, 0, 0, unknown_outcome_count]) as unknown_count
    from mart.base_size
)
select edition_id, code, numerator, unknown_count, numerator::double as value
from counted
where numerator is not null
