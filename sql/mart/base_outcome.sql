-- mart.base_outcome
-- grain: one row per edition and pair that met or should have met · key: (edition_id, leader_a, leader_b)
-- reads: day.outcome, day.rating · one side's "did not take place" makes a no-show, whatever the other says
create or replace view mart.base_outcome as
with denied as (
    select distinct
        edition_id,
        least(leader_id, partner_id) as leader_a,
        greatest(leader_id, partner_id) as leader_b
    from day.rating
    where rating = 'did_not_take_place'
)
select
    coalesce(recorded.edition_id, denied.edition_id) as edition_id,
    coalesce(recorded.leader_a, denied.leader_a) as leader_a,
    coalesce(recorded.leader_b, denied.leader_b) as leader_b,
    case when denied.edition_id is not null then 'no_show' else recorded.outcome end as outcome,
    coalesce(recorded.is_same_day, false) as is_same_day
from day.outcome as recorded
full outer join denied
    on
        recorded.edition_id = denied.edition_id
        and recorded.leader_a = denied.leader_a
        and recorded.leader_b = denied.leader_b
