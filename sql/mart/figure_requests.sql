-- mart.figure_requests: requests planned / Q and requests held / Q, all and mutual
-- grain: one row per edition and figure · key: (edition_id, code)
-- reads: mart.base_wish · by rank of wish: mart.base_wish
create or replace view mart.figure_requests as
with figure as (
    select
        edition_id,
        unnest(['requests_planned', 'requests_held']) || if(wish_group = 'mutual', '_mutual', '') as code,
        unnest([planned_count, held_count]) as numerator,
        request_count as denominator,
        unnest([if(planned_count is null, null, 0), unknown_count]) as unknown_count
    from mart.base_wish
    where wish_group in ('all', 'mutual')
)
select edition_id, code, numerator, denominator, unknown_count, numerator / denominator as value
from figure
where numerator is not null
