-- mart.figure_meetings: 2H / |A|, and how it spreads
-- grain: one row per edition with recorded outcomes and figure · key: (edition_id, code)
-- reads: mart.base_workload, mart.base_size · 1,100 meetings for 160 people are 13.75 each, not 6.9
create or replace view mart.figure_meetings as
with spread as (
    select
        edition_id,
        sum(meetings_held_count) as side_count,
        count(*) as leader_count,
        median(meetings_held_count) as median_count,
        min(meetings_held_count) as least_count,
        max(meetings_held_count) as most_count,
        count(minimum_meetings) as judged_count,
        count(*) filter (where meetings_held_count between minimum_meetings and maximum_meetings) as in_range_count
    from mart.base_workload
    group by all
),
figure as (
    select
        edition_id,
        unnest(['meetings_mean', 'meetings_median', 'meetings_minimum', 'meetings_maximum', 'meetings_in_range']) as code,
        unnest([side_count, null, null, null, in_range_count]) as numerator,
        unnest([leader_count, leader_count, leader_count, leader_count, nullif(judged_count, 0)]) as denominator,
        unnest([
            side_count / leader_count,
            median_count,
            least_count,
            most_count,
            in_range_count / nullif(judged_count, 0)
        ]) as value
    from spread
)
select
    figure.edition_id,
    figure.code,
    figure.numerator,
    figure.denominator,
    size.unknown_outcome_count as unknown_count,
    figure.value
from figure
inner join mart.base_size as size on figure.edition_id = size.edition_id
where figure.value is not null
