-- mart.base_rated_meeting
-- grain: one row per edition and meeting that at least one side rated and that was no no-show
-- key: (edition_id, leader_a, leader_b)
-- reads: day.rating, mart.base_outcome · the better of the two ratings counts: 3 cooperation possible,
-- 2 informative only, 1 insufficient interest
create or replace view mart.base_rated_meeting as
with rating as (
    select
        edition_id,
        least(leader_id, partner_id) as leader_a,
        greatest(leader_id, partner_id) as leader_b,
        case rating
            when 'cooperation_possible' then 3
            when 'informative_only' then 2
            else 1
        end as level
    from day.rating
),
no_show as (
    select edition_id, leader_a, leader_b
    from mart.base_outcome
    where outcome = 'no_show'
)
select rating.edition_id, rating.leader_a, rating.leader_b, max(rating.level) as best_level
from rating
anti join no_show
    on
        rating.edition_id = no_show.edition_id
        and rating.leader_a = no_show.leader_a
        and rating.leader_b = no_show.leader_b
group by rating.edition_id, rating.leader_a, rating.leader_b
