-- outbox.select_few_wishes
-- grain: one row per registered leader who has asked for fewer meetings than the minimum, none included · key: leader_id
-- reads: core.leader, core.request · $edition_id, $minimum · a wish for somebody who does not come helps nobody
with possible as (
    select request.from_leader_id, request.to_leader_id
    from core.request
    inner join core.leader as partner
        on
            request.edition_id = partner.edition_id
            and request.to_leader_id = partner.leader_id
            and partner.status = 'registered'
    where request.edition_id = $edition_id
)

select leader.leader_id
from core.leader
left join possible on leader.leader_id = possible.from_leader_id
where leader.edition_id = $edition_id and leader.status = 'registered'
group by leader.leader_id
having count(possible.to_leader_id) < $minimum
order by leader.leader_id;
