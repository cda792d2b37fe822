-- day.met_pair
-- grain: one row per edition and pair that met, as far as is known · key: (edition_id, leader_a, leader_b)
-- reads: plan.meeting, plan.approved_version, day.outcome, day.attendance · a planned meeting of which nobody noted what
-- became counts, unless one of the two was noted as absent; one that is known as held counts in any case
create or replace view day.met_pair as
with absent as (
    select edition_id, leader_id
    from day.attendance
    where not is_present
),

planned as (
    select
        approved.edition_id,
        least(meeting.leader_a, meeting.leader_b) as leader_a,
        greatest(meeting.leader_a, meeting.leader_b) as leader_b
    from plan.meeting
    inner join plan.approved_version as approved using (version_id)
),

likely as (
    select edition_id, leader_a, leader_b from planned
    union
    select edition_id, leader_a, leader_b from day.outcome
)

select likely.edition_id, likely.leader_a, likely.leader_b
from likely
left join day.outcome using (edition_id, leader_a, leader_b)
where
    outcome.outcome = 'held'
    or (
        coalesce(outcome.outcome, 'unknown') = 'unknown'
        and not exists (
            from absent
            where absent.edition_id = likely.edition_id and absent.leader_id in (likely.leader_a, likely.leader_b)
        )
    );
