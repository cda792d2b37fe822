-- outbox.select_met
-- grain: one row per registered leader and partner whom they met · key: (leader_id, partner_id)
-- reads: day.met_pair, core.leader · $edition_id
with sides as (
    select leader_a as leader_id, leader_b as partner_id from day.met_pair
    where edition_id = $edition_id
    union all
    select leader_b as leader_id, leader_a as partner_id from day.met_pair
    where edition_id = $edition_id
)

select sides.leader_id, sides.partner_id
from sides
semi join core.leader
    on
        leader.edition_id = $edition_id
        and leader.leader_id = sides.leader_id
        and leader.status = 'registered'
order by sides.leader_id, sides.partner_id;
