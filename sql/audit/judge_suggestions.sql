-- the suggestions that the gates judge
-- grain: one row per proposed partner of a leader · key: (from_leader_id, to_leader_id)
-- reads: core.suggestion, core.leader, core.exclusion, core.request
-- binds: edition_id
with leader as (
    select leader_id, company_id
    from core.leader
    where edition_id = $edition_id and status = 'registered'
),
suggested as (
    select
        from_leader_id,
        to_leader_id,
        least(from_leader_id, to_leader_id) as leader_a,
        greatest(from_leader_id, to_leader_id) as leader_b
    from core.suggestion
    where edition_id = $edition_id
),
excluded as (
    select leader_a, leader_b
    from core.exclusion
    where edition_id = $edition_id
),
asked as (
    select distinct
        least(from_leader_id, to_leader_id) as leader_a,
        greatest(from_leader_id, to_leader_id) as leader_b
    from core.request
    where edition_id = $edition_id
)
select
    suggested.from_leader_id,
    suggested.to_leader_id,
    first_leader.leader_id is not null and second_leader.leader_id is not null as is_between_registered_leaders,
    coalesce(first_leader.company_id <> second_leader.company_id, true) as is_between_companies,
    excluded.leader_a is null as is_allowed,
    asked.leader_a is null as is_new
from suggested
left join leader as first_leader on suggested.from_leader_id = first_leader.leader_id
left join leader as second_leader on suggested.to_leader_id = second_leader.leader_id
left join excluded on suggested.leader_a = excluded.leader_a and suggested.leader_b = excluded.leader_b
left join asked on suggested.leader_a = asked.leader_a and suggested.leader_b = asked.leader_b
order by suggested.from_leader_id, suggested.to_leader_id
