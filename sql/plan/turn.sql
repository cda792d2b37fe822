-- plan.turn
-- grain: one row per question that a run of the final schedule puts to a person · key: (run_id, number)
-- refusal: why the change asked for before could not be made, empty where none was refused
-- reads: nothing · a run that is resumed begins anew at its top and finds here what it has planned already
create table if not exists plan.turn (
    run_id text not null,
    number integer not null,
    version_id text not null,
    free_tables integer not null,
    maximum integer,
    refusal text not null,
    primary key (run_id, number)
);
