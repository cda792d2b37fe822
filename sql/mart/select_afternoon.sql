-- the afternoon slot by slot, as it was run
-- grain: one row per slot with a meeting · key: starts_at
-- reads: mart.base_plan_version, plan.meeting, mart.base_outcome, mart.setting
-- binds: edition_id
select
    meeting.starts_at,
    count(*) as planned_count,
    count(*) filter (where outcome.outcome = 'held') as held_count,
    count(*) filter (where outcome.outcome = 'no_show') as no_show_count,
    any_value(setting.table_count) as table_count
from mart.base_plan_version as version
inner join plan.meeting as meeting on version.running_version_id = meeting.version_id
inner join mart.setting as setting on version.edition_id = setting.edition_id
left join mart.base_outcome as outcome
    on
        version.edition_id = outcome.edition_id
        and meeting.leader_a = outcome.leader_a
        and meeting.leader_b = outcome.leader_b
where version.edition_id = $edition_id
group by meeting.starts_at
order by meeting.starts_at
