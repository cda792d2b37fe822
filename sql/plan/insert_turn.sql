-- plan.insert_turn
-- grain: one row per question that a run of the final schedule puts to a person · key: (run_id, number)
-- reads: nothing
insert into plan.turn (run_id, number, version_id, free_tables, maximum, refusal)
values ($run_id, $number, $version_id, $free_tables, $maximum, $refusal)
on conflict (run_id, number) do nothing;
