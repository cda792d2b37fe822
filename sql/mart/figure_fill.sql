-- mart.figure_fill: held leader-slots / available leader-slots, share full, share below the minimum
-- grain: one row per edition with recorded outcomes and figure · key: (edition_id, code)
-- reads: mart.base_workload, mart.base_size
create or replace view mart.figure_fill as
with spread as (
    select
        edition_id,
        sum(meetings_held_count) filter (where available_slot_count is not null) as held_count,
        sum(available_slot_count) as available_count,
        count(minimum_meetings) as judged_count,
        count(*) filter (where meetings_held_count >= most_meetings_count) as full_count,
        count(*) filter (where meetings_held_count < minimum_meetings) as below_count
    from mart.base_workload
    group by all
),
figure as (
    select
        edition_id,
        unnest(['fill', 'full_share', 'below_minimum_share']) as code,
        unnest([held_count, full_count, below_count]) as numerator,
        unnest([nullif(available_count, 0), nullif(judged_count, 0), nullif(judged_count, 0)]) as denominator
    from spread
)
select
    figure.edition_id,
    figure.code,
    figure.numerator,
    figure.denominator,
    size.unknown_outcome_count as unknown_count,
    figure.numerator / figure.denominator as value
from figure
inner join mart.base_size as size on figure.edition_id = size.edition_id
where figure.denominator is not null
