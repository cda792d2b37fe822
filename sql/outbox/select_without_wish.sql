-- outbox.select_without_wish
-- grain: one row per registered leader who has asked for no meeting yet · key: leader_id
-- reads: core.leader, core.request · $edition_id
select leader_id
from core.leader
anti join core.request
    on
        request.edition_id = $edition_id
        and request.from_leader_id = leader.leader_id
where leader.edition_id = $edition_id and leader.status = 'registered'
order by leader_id;
