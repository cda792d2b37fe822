-- plan.select_problem_requests
-- grain: one row per request of a registered leader, or suggestion that the plan may use · key: (from_leader_id, to_leader_id)
-- reads: core.request, core.suggestion, core.leader · requests to leaders who have withdrawn stay: the plan gives the
-- reason; a suggestion ranks after every request of the edition, and a pair suggested to both sides stands once, else it
-- would weigh more than a wish
with registered as (
    select leader_id
    from core.leader
    where edition_id = $edition_id and status = 'registered'
),

own as (
    select
        from_leader_id,
        to_leader_id,
        rank
    from core.request
    where edition_id = $edition_id
),

asked_pair as (
    select
        least(from_leader_id, to_leader_id) as leader_a,
        greatest(from_leader_id, to_leader_id) as leader_b
    from own
),

suggested as (
    select
        from_leader_id,
        to_leader_id,
        rank,
        least(from_leader_id, to_leader_id) as leader_a,
        greatest(from_leader_id, to_leader_id) as leader_b
    from core.suggestion
    where
        edition_id = $edition_id
        and is_used
        and from_leader_id in (from registered)
        and to_leader_id in (from registered)
    qualify row_number() over (partition by leader_a, leader_b order by rank, from_leader_id) = 1
)

select
    from_leader_id,
    to_leader_id,
    rank,
    false as is_suggested
from own
where from_leader_id in (from registered)
union all
select
    suggested.from_leader_id,
    suggested.to_leader_id,
    (select coalesce(max(own.rank), 0) from own) + suggested.rank as rank,
    true as is_suggested
from suggested
anti join asked_pair using (leader_a, leader_b)
order by from_leader_id, to_leader_id;
