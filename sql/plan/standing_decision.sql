-- plan.standing_decision
-- grain: one row per plan version that a person decided about · key: version_id
-- reads: plan.decision · the last decision of each version
create or replace view plan.standing_decision as
select
    version_id,
    verdict,
    decided_by,
    decided_at,
    remark,
    was_warned
from plan.decision
qualify row_number() over (partition by version_id order by number desc) = 1;
