-- plan.insert_unmet
-- grain: one row per request that a plan version does not fulfil · key: (version_id, from_leader_id, to_leader_id)
-- reads: incoming, core.leader · the core knows no one who has withdrawn: here, where the status is known, an unknown
-- partner who has withdrawn is said to have withdrawn
insert into plan.unmet by name
select
    incoming.version_id,
    incoming.from_leader_id,
    incoming.to_leader_id,
    case when leader.status = 'withdrawn' then 'withdrawn' else incoming.reason end as reason,
    incoming.detail
from incoming
left join core.leader
    on
        leader.edition_id = $edition_id
        and incoming.to_leader_id = leader.leader_id
        and incoming.reason = 'unknown_partner';
