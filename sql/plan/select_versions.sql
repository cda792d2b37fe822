-- plan.select_versions
-- grain: one row per plan version of an edition, the newest first · key: version_id
-- reads: plan.version, plan.meeting, plan.standing_decision
with counted as (
    select
        version_id,
        count(*) as meetings_count
    from plan.meeting
    group by version_id
)

select
    version.version_id,
    version.number,
    version.kind,
    version.parent_version_id,
    version.status,
    version.seed,
    version.solver,
    coalesce(counted.meetings_count, 0) as meetings_count,
    version.shortfall,
    version.shortfall_bound,
    version.value,
    version.value_bound,
    version.gaps,
    version.gaps_bound,
    version.breaks,
    version.table_changes,
    version.table_changes_bound,
    version.created_at,
    decision.verdict,
    decision.decided_by,
    decision.decided_at,
    decision.remark
from plan.version
left join counted on version.version_id = counted.version_id
left join plan.standing_decision as decision on version.version_id = decision.version_id
where version.edition_id = $edition_id
order by version.number desc;
