-- mart.base_plan_version
-- grain: one row per edition with an approved plan · key: edition_id
-- reads: plan.version, plan.approval · planned_version_id is the newest approved final version, which says what was
-- planned before the event; running_version_id the newest approved of any kind, which says where people met
create or replace view mart.base_plan_version as
select
    version.edition_id,
    coalesce(
        arg_max(version.version_id, version.number) filter (where version.kind = 'final'),
        arg_max(version.version_id, version.number)
    ) as planned_version_id,
    arg_max(version.version_id, version.number) as running_version_id
from plan.version as version
inner join plan.approval as approval on version.version_id = approval.version_id
group by version.edition_id
