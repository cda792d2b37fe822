-- plan.select_decision
-- grain: one row, none where nobody has decided · key: version_id
-- reads: plan.standing_decision
select
    verdict,
    decided_by,
    decided_at,
    remark
from plan.standing_decision
where version_id = $version_id;
