-- plan.select_version_told
-- grain: one row, the version asked for · key: version_id
-- reads: plan.version, plan.standing_decision, plan.approval · what the summary says of a version beside its meetings;
-- approved_before is the version that was in force when this one was made, null for the first
select
    json_array_length(version.problem, '$.tables')::integer as tables_count,
    (version.plan ->> '$.stopped_by') as stopped_by,
    decision.verdict,
    decision.decided_by,
    decision.decided_at,
    decision.remark,
    (
        select arg_max(earlier.version_id, earlier.number)
        from plan.version as earlier
        inner join plan.approval as approval on earlier.version_id = approval.version_id
        where earlier.edition_id = version.edition_id and earlier.number < version.number
    ) as approved_before
from plan.version as version
left join plan.standing_decision as decision on version.version_id = decision.version_id
where version.version_id = $version_id;
