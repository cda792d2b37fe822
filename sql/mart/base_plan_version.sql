-- mart.base_plan_version
-- grain: one row per edition with an approved plan · key: edition_id
-- reads: plan.version, plan.approval, plan.approved_version · planned_version_id is the newest approved final version,
-- which says what was planned before the event; running_version_id the one in force, which says where people met
create or replace view mart.base_plan_version as
select
    approved.edition_id,
    coalesce(
        arg_max(version.version_id, version.number) filter (where version.kind = 'final'),
        approved.version_id
    ) as planned_version_id,
    approved.version_id as running_version_id
from plan.approved_version as approved
inner join plan.version as version on approved.edition_id = version.edition_id
inner join plan.approval as approval on version.version_id = approval.version_id
group by approved.edition_id, approved.version_id
