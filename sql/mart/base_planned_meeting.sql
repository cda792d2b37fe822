-- mart.base_planned_meeting (S)
-- grain: one row per edition and meeting planned and not cancelled before the event
-- key: (edition_id, leader_a, leader_b)
-- reads: mart.base_plan_version, plan.meeting, core.leader, mart.base_outcome · a meeting of a withdrawn leader is
-- cancelled; outcome is null where nothing was recorded
create or replace view mart.base_planned_meeting as
with withdrawn as (
    select edition_id, leader_id
    from core.leader
    where status = 'withdrawn'
)
select
    version.edition_id,
    meeting.leader_a,
    meeting.leader_b,
    outcome.outcome
from mart.base_plan_version as version
inner join plan.meeting as meeting on version.planned_version_id = meeting.version_id
left join mart.base_outcome as outcome
    on
        version.edition_id = outcome.edition_id
        and meeting.leader_a = outcome.leader_a
        and meeting.leader_b = outcome.leader_b
where not exists (
    select withdrawn.leader_id
    from withdrawn
    where
        withdrawn.edition_id = version.edition_id
        and withdrawn.leader_id in (meeting.leader_a, meeting.leader_b)
)
