-- mart.figure_outcome: rated meetings with "cooperation possible" / rated meetings; and those at least informative
-- grain: one row per edition with rated meetings, and figure · key: (edition_id, code)
-- reads: mart.base_rated_meeting, mart.base_outcome · unknown: held meetings that nobody rated
create or replace view mart.figure_outcome as
with rated as (
    select
        edition_id,
        count(*) as rated_count,
        count(*) filter (where best_level >= 2) as informative_count,
        count(*) filter (where best_level = 3) as cooperation_count
    from mart.base_rated_meeting
    group by all
),
unrated as (
    select held.edition_id, count(*) as meeting_count
    from mart.base_outcome as held
    anti join mart.base_rated_meeting as rated
        on held.edition_id = rated.edition_id and held.leader_a = rated.leader_a and held.leader_b = rated.leader_b
    where held.outcome = 'held'
    group by all
),
figure as (
    select
        edition_id,
        unnest(['outcome_rate', 'informative_rate']) as code,
        unnest([cooperation_count, informative_count]) as numerator,
        rated_count as denominator
    from rated
)
select
    figure.edition_id,
    figure.code,
    figure.numerator,
    figure.denominator,
    coalesce(unrated.meeting_count, 0) as unknown_count,
    figure.numerator / figure.denominator as value
from figure
left join unrated on figure.edition_id = unrated.edition_id
