-- what a night changed, with the names of the leaders, the first of each kind only
-- grain: one row per leader, kind of change and field · key: (leader_id, kind, field)
-- reads: audit.told_change, core.leader, core.company
-- binds: edition_id, night, most (leaders of each kind)
with ranked as (
    select leader_id, kind, field, before, after, dense_rank() over (partition by kind order by leader_id) as place
    from audit.told_change
    where edition_id = $edition_id and night = $night
)
select
    ranked.leader_id,
    ranked.kind,
    ranked.field,
    ranked.before,
    ranked.after,
    coalesce(leader.given_name, '') as given_name,
    coalesce(leader.family_name, '') as family_name,
    coalesce(company.name, '') as company
from ranked
left join core.leader as leader on leader.edition_id = $edition_id and ranked.leader_id = leader.leader_id
left join core.company as company on company.edition_id = $edition_id and leader.company_id = company.company_id
where ranked.place <= $most
order by ranked.kind, ranked.leader_id, ranked.field
