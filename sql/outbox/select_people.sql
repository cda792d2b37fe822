-- outbox.select_people
-- grain: one row per leader of the edition, withdrawn ones too · key: leader_id
-- reads: core.leader, core.company, core.offer · $edition_id · no address and no telephone: an agenda shows neither
with sold as (
    select leader_id, list(category order by category) as sells
    from core.offer
    where edition_id = $edition_id and side = 'sells'
    group by leader_id
),

sought as (
    select leader_id, list(category order by category) as seeks
    from core.offer
    where edition_id = $edition_id and side = 'seeks'
    group by leader_id
)

select
    leader.leader_id,
    leader.catalogue_number,
    leader.given_name,
    leader.family_name,
    leader.job_title,
    leader.company_id,
    company.name as company,
    coalesce(sold.sells, []) as sells,
    coalesce(sought.seeks, []) as seeks,
    leader.presentation,
    leader.language,
    leader.status = 'registered' as is_registered
from core.leader
inner join core.company using (edition_id, company_id)
left join sold using (leader_id)
left join sought using (leader_id)
where leader.edition_id = $edition_id
order by leader.leader_id;
