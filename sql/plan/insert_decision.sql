-- plan.insert_decision
-- grain: one row per decision about a plan version · key: (version_id, number)
-- reads: plan.decision · decisions of a version are numbered from 1
insert into plan.decision (version_id, number, verdict, decided_by, decided_at, remark, was_warned)
select
    $version_id as version_id,
    coalesce(max(number), 0) + 1 as number,
    $verdict as verdict,
    $decided_by as decided_by,
    $decided_at as decided_at,
    $remark as remark,
    $was_warned as was_warned
from plan.decision
where version_id = $version_id;
