-- mart.figure_kept: H / S and 1 - H / S
-- grain: one row per edition with a plan and recorded outcomes, and figure · key: (edition_id, code)
-- reads: mart.base_planned_meeting, mart.base_size · unknown outcomes are left out and counted apart; a meeting added
-- on the day was not planned and stands on neither side
create or replace view mart.figure_kept as
with kept as (
    select
        edition_id,
        count(*) filter (where outcome = 'held') as held_count,
        count(*) filter (where outcome = 'no_show') as no_show_count,
        count(*) filter (where outcome is null or outcome = 'unknown') as unknown_count
    from mart.base_planned_meeting
    group by all
),
figure as (
    select
        edition_id,
        unnest(['kept', 'no_show']) as code,
        unnest([held_count, no_show_count]) as numerator,
        held_count + no_show_count as denominator,
        unknown_count
    from kept
)
select
    figure.edition_id,
    figure.code,
    figure.numerator,
    figure.denominator,
    figure.unknown_count,
    figure.numerator / figure.denominator as value
from figure
inner join mart.base_size as size on figure.edition_id = size.edition_id
where size.held_count is not null and figure.denominator > 0
