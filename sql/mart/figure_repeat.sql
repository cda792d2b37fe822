-- mart.figure_repeat: repeat share |A_e and any earlier edition| / |A_e|, retention |A_e and A_(e-1)| / |A_(e-1)|
-- grain: one row per edition with an earlier one in the memory, and figure · key: (edition_id, code)
-- reads: mart.base_visit, mart.base_size · an interval: low counts sure links, high also probable ones, which are the
-- unknowns; every way of linking people under-counts
create or replace view mart.figure_repeat as
with visitor as (
    select
        edition_id,
        leader_id,
        bool_or(is_sure) as is_sure,
        bool_or(is_previous) as is_retained,
        coalesce(bool_or(is_sure) filter (where is_previous), false) as is_surely_retained
    from mart.base_visit
    group by all
),
counted as (
    select
        edition_id,
        count(*) filter (where is_sure) as repeat_sure_count,
        count(*) as repeat_count,
        count(*) filter (where is_surely_retained) as retained_sure_count,
        count(*) filter (where is_retained) as retained_count
    from visitor
    group by all
),
neighbour as (
    select
        edition_id,
        present_count,
        max(present_count) over (order by held_on rows between unbounded preceding and 1 preceding) as earlier_count,
        lag(present_count) over (order by held_on) as previous_count
    from mart.base_size
),
figure as (
    select
        neighbour.edition_id,
        unnest(['repeat_share', 'retention']) as code,
        unnest([counted.repeat_sure_count, counted.retained_sure_count]) as sure_count,
        unnest([counted.repeat_count, counted.retained_count]) as possible_count,
        unnest([
            if(neighbour.earlier_count > 0, neighbour.present_count, null),
            if(neighbour.present_count > 0, neighbour.previous_count, null)
        ]) as denominator
    from neighbour
    left join counted on neighbour.edition_id = counted.edition_id
)
select
    edition_id,
    code,
    coalesce(sure_count, 0) as numerator,
    denominator,
    coalesce(possible_count, 0) - coalesce(sure_count, 0) as unknown_count,
    coalesce(sure_count, 0) / denominator as value,
    coalesce(sure_count, 0) / denominator as low,
    coalesce(possible_count, 0) / denominator as high
from figure
where denominator > 0
