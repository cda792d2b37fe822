-- plan.decision
-- grain: one row per decision about a plan version, never changed · key: (version_id, number)
-- reads: nothing · a person's decisions, never made by a program; the last one of a version counts
-- was_warned: the person was told of doubts (an older version, other registrations) and decided nevertheless
create table if not exists plan.decision (
    version_id text not null,
    number integer not null,
    verdict text not null check (verdict in ('approved', 'rejected')),
    decided_by text not null,
    decided_at timestamptz not null,
    remark text not null,
    was_warned boolean not null,
    primary key (version_id, number)
);
