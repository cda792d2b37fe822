-- mart.figure_same_day: held meetings booked that day / H
-- grain: one row per edition with a held meeting · key: (edition_id, code)
-- reads: mart.base_size
create or replace view mart.figure_same_day as
select
    edition_id,
    'same_day_share' as code,
    same_day_count as numerator,
    held_count as denominator,
    unknown_outcome_count as unknown_count,
    same_day_count / held_count as value
from mart.base_size
where held_count > 0
