-- plan.select_problem_leaders
-- grain: one row per registered leader of an edition · key: leader_id
-- reads: core.leader · whoever has withdrawn meets nobody and is left out
select
    leader_id,
    company_id,
    max_meetings
from core.leader
where edition_id = $edition_id and status = 'registered'
order by leader_id;
