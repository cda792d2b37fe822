-- outbox.select_unmet
-- grain: one row per request that the plan version does not fulfil · key: (from_leader_id, to_leader_id)
-- reads: plan.unmet, core.request · $edition_id, $version_id · rank is null where the request has since gone
select unmet.from_leader_id, unmet.to_leader_id, unmet.reason, request.rank
from plan.unmet
left join core.request
    on
        request.edition_id = $edition_id
        and request.from_leader_id = unmet.from_leader_id
        and request.to_leader_id = unmet.to_leader_id
where unmet.version_id = $version_id
order by unmet.from_leader_id, request.rank nulls last, unmet.to_leader_id;
