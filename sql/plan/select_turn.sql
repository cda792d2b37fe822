-- plan.select_turn
-- grain: one row, the question that a run asked last; none where it has planned nothing yet · key: run_id
-- reads: plan.turn
select
    number,
    version_id,
    free_tables,
    maximum,
    refusal
from plan.turn
where run_id = $run_id
order by number desc
limit 1;
