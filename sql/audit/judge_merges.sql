-- the merges that the gates judge
-- grain: one row per ticket that was taken for another ticket of a leader · key: registration_id
-- reads: core.merge, core.registration
-- binds: edition_id
with ticket as (
    select registration_id, leader_id
    from core.registration
    where edition_id = $edition_id
)
select
    merge.registration_id,
    merge.evidence <> '' or merge.rule = 'decision' as has_evidence,
    merged.registration_id is not null and kept.registration_id is not null as is_of_known_tickets,
    merge.registration_id <> merge.into_registration_id as is_of_two_tickets,
    coalesce(merged.leader_id = merge.leader_id, merged.registration_id is null)
    and coalesce(kept.leader_id = merge.leader_id, kept.registration_id is null) as is_of_one_leader
from core.merge as merge
left join ticket as merged on merge.registration_id = merged.registration_id
left join ticket as kept on merge.into_registration_id = kept.registration_id
where merge.edition_id = $edition_id
order by merge.registration_id
