-- plan.select_problem_unavailability
-- grain: one row per registered leader and span of absence · key: (leader_id, starts_at)
-- reads: core.unavailability, core.leader
select
    unavailability.leader_id,
    unavailability.starts_at,
    unavailability.ends_at
from core.unavailability
inner join core.leader
    on unavailability.edition_id = leader.edition_id and unavailability.leader_id = leader.leader_id
where unavailability.edition_id = $edition_id and leader.status = 'registered'
order by unavailability.leader_id, unavailability.starts_at;
