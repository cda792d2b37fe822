-- outbox.select_few_wishes
-- grain: one row per registered leader who has asked for fewer meetings than the minimum, none included · key: leader_id
-- reads: core.leader, core.request · $edition_id, $minimum
select leader.leader_id
from core.leader
left join core.request
    on
        request.edition_id = $edition_id
        and request.from_leader_id = leader.leader_id
where leader.edition_id = $edition_id and leader.status = 'registered'
group by leader.leader_id
having count(request.to_leader_id) < $minimum
order by leader.leader_id;
