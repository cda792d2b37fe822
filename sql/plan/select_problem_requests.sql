-- plan.select_problem_requests
-- grain: one row per request of a registered leader · key: (from_leader_id, to_leader_id)
-- reads: core.request, core.leader · requests to leaders who have withdrawn stay: the plan gives the reason
select
    request.from_leader_id,
    request.to_leader_id,
    request.rank
from core.request
inner join core.leader
    on request.edition_id = leader.edition_id and request.from_leader_id = leader.leader_id
where request.edition_id = $edition_id and leader.status = 'registered'
order by request.from_leader_id, request.to_leader_id;
