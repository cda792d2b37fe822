-- mart.base_wish
-- grain: one row per edition and group of requests (all, mutual, one_sided, or one rank) · key: (edition_id, wish_group)
-- reads: mart.base_request, mart.base_size · planned and held counts are null where they were never measured
create or replace view mart.base_wish as
with grouped as (
    select
        edition_id,
        unnest(['all', if(is_mutual, 'mutual', 'one_sided'), 'rank ' || rank]) as wish_group,
        is_planned,
        is_held
    from mart.base_request
)
select
    grouped.edition_id,
    grouped.wish_group,
    try_cast(regexp_extract(grouped.wish_group, '\d+') as integer) as rank,
    count(*) as request_count,
    if(any_value(size.planned_count) is not null, count(*) filter (where grouped.is_planned), null) as planned_count,
    if(any_value(size.held_count) is not null, count(*) filter (where grouped.is_held), null) as held_count,
    if(any_value(size.held_count) is not null, count(*) filter (where grouped.is_held is null), null) as unknown_count
from grouped
inner join mart.base_size as size on grouped.edition_id = size.edition_id
group by grouped.edition_id, grouped.wish_group
