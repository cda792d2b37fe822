-- outbox.select_former_meetings
-- grain: one row per pair of an earlier approved version that the version no longer holds · key: (leader_a, leader_b)
-- reads: plan.version, plan.approval, plan.meeting · $edition_id, $version_id · as the newest of those versions had it
with current_version as (
    select number
    from plan.version
    where version_id = $version_id
),

kept as (
    select leader_a, leader_b
    from plan.meeting
    where version_id = $version_id
)

select
    meeting.leader_a,
    meeting.leader_b,
    arg_max(meeting.starts_at, version.number) as starts_at,
    arg_max(meeting.ends_at, version.number) as ends_at,
    arg_max(meeting.table_id, version.number) as table_id
from plan.meeting
inner join plan.version using (version_id)
inner join plan.approval using (version_id)
anti join kept using (leader_a, leader_b)
where version.edition_id = $edition_id and version.number < (select number from current_version)
group by meeting.leader_a, meeting.leader_b
order by starts_at, meeting.leader_a, meeting.leader_b;
