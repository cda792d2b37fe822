-- mart.figure_repeat: repeat share |A_e and any earlier edition| / |A_e|, retention |A_e and A_(e-1)| / |A_(e-1)|
-- grain: one row per edition with an earlier one in the memory, and figure · key: (edition_id, code)
-- reads: mart.base_visit, mart.base_size · an interval: low counts sure links, high also probable ones, which are the
-- unknowns; every way of linking people under-counts · repeat counts those who come, retention those of the edition
-- before who came back: two leaders recognised as one former leader are one of those who were there
create or replace view mart.figure_repeat as
with visitor as (
    select edition_id, leader_id, bool_or(is_sure) as is_sure
    from mart.base_visit
    group by all
),
repeated as (
    select edition_id, count(*) filter (where is_sure) as sure_count, count(*) as possible_count
    from visitor
    group by all
),
returner as (
    select edition_id, earlier_leader_id, bool_or(is_sure) as is_sure
    from mart.base_visit
    where is_previous
    group by all
),
retained as (
    select edition_id, count(*) filter (where is_sure) as sure_count, count(*) as possible_count
    from returner
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
        unnest([repeated.sure_count, retained.sure_count]) as sure_count,
        unnest([repeated.possible_count, retained.possible_count]) as possible_count,
        unnest([
            if(neighbour.earlier_count > 0, neighbour.present_count, null),
            if(neighbour.present_count > 0, neighbour.previous_count, null)
        ]) as denominator
    from neighbour
    left join repeated on neighbour.edition_id = repeated.edition_id
    left join retained on neighbour.edition_id = retained.edition_id
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
