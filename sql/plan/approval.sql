-- plan.approval
-- grain: one row per approved plan version · key: version_id
-- reads: nothing · a person's decision, never made by a program
create table if not exists plan.approval (
    version_id text primary key,
    approved_by text not null,
    approved_at timestamptz not null
);
