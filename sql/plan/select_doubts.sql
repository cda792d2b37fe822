-- plan.select_doubts
-- grain: one row, none where there is no such version · key: version_id
-- reads: plan.version, plan.standing_decision · what a person should know before approving
with newest as (
    select
        edition_id,
        arg_max(version_id, number) as newest_version_id
    from plan.version
    group by edition_id
)

select
    asked.kind,
    asked.registrations_sha256,
    newest.newest_version_id,
    decision.verdict,
    decision.decided_by,
    decision.remark
from plan.version as asked
inner join newest on asked.edition_id = newest.edition_id
left join plan.standing_decision as decision on asked.version_id = decision.version_id
where asked.version_id = $version_id;
