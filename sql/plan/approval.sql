-- plan.approval
-- grain: one row per approved plan version · key: version_id
-- reads: plan.decision · a version whose last decision is an approval
create or replace view plan.approval as
select
    version_id,
    arg_max(decided_by, number) as approved_by,
    arg_max(decided_at, number) as approved_at
from plan.decision
group by version_id
having arg_max(verdict, number) = 'approved';
