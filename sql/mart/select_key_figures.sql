-- the frozen key figures of all editions
-- grain: one row per edition and key figure · key: (edition_id, code)
-- reads: mart.frozen_figure
select edition_id, code, numerator, denominator, unknown_count, value, low, high, unit, basis
from mart.frozen_figure
order by edition_id, code
