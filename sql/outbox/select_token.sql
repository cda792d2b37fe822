-- outbox.select_token
-- grain: one row per plan version whose agenda of a leader bears the mark, oldest first · key: (leader_id, version_id)
-- reads: outbox.token, plan.version, plan.approved_version, core.named_leader · $edition_id, $token
-- approved_version_id is null where nothing is approved, approved_token where that version has no agenda of the leader
select
    borne.leader_id,
    borne.version_id,
    leader.name,
    leader.company,
    approved.version_id as approved_version_id,
    held.token as approved_token
from outbox.token as borne
inner join plan.version on borne.version_id = version.version_id
left join core.named_leader as leader
    on borne.edition_id = leader.edition_id and borne.leader_id = leader.leader_id
left join plan.approved_version as approved on borne.edition_id = approved.edition_id
left join outbox.token as held
    on approved.version_id = held.version_id and borne.leader_id = held.leader_id and held.is_current
where borne.edition_id = $edition_id and borne.token = $token
order by version.number, borne.leader_id;
