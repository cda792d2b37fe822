-- plan.insert_approval
-- grain: one row per approved plan version · key: version_id
-- reads: nothing · the first decision stands
insert into plan.approval (version_id, approved_by, approved_at)
values ($version_id, $approved_by, $approved_at)
on conflict (version_id) do nothing;
