-- plan.approved_version
-- grain: one row per edition with an approved plan · key: edition_id
-- reads: plan.version, plan.approval · the version in force: of those that a person approved, the one numbered last
create or replace view plan.approved_version as
select
    version.edition_id,
    arg_max(version.version_id, version.number) as version_id
from plan.version
inner join plan.approval using (version_id)
group by version.edition_id;
