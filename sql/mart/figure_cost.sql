-- mart.figure_cost: (price + time at the leader's hourly cost) x |A| / H, in cents
-- grain: one row per edition with a held meeting · key: (edition_id, code)
-- reads: mart.base_spending
create or replace view mart.figure_cost as
select
    edition_id,
    'cost_per_held_meeting' as code,
    cost_cents as numerator,
    held_count as denominator,
    unknown_outcome_count as unknown_count,
    cost_cents / held_count as value
from mart.base_spending
where held_count > 0
