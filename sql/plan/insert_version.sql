-- plan.insert_version
-- grain: one row per plan version · key: version_id
-- reads: nothing
insert into plan.version (
    version_id, edition_id, number, kind, parent_version_id, problem_sha256, registrations_sha256, problem, plan, status,
    seed, solver,
    shortfall, shortfall_bound, value, value_bound, gaps, gaps_bound, breaks, table_changes, table_changes_bound,
    created_at
)
values (
    $version_id, $edition_id, $number, $kind, $parent_version_id, $problem_sha256, $registrations_sha256, $problem, $plan,
    $status, $seed, $solver, $shortfall, $shortfall_bound, $value, $value_bound, $gaps, $gaps_bound, $breaks, $table_changes,
    $table_changes_bound, $created_at
);
