-- the offers that the gates judge
-- grain: one row per leader, side and category of the edition · key: (leader_id, side, number)
-- reads: core.offer, core.leader · number counts the categories of a leader and side: what was typed may name a person
-- binds: edition_id
with leader as (
    select leader_id
    from core.leader
    where edition_id = $edition_id
)
select
    offer.leader_id,
    offer.side,
    row_number() over (partition by offer.leader_id, offer.side order by offer.category) as number,
    leader.leader_id is not null as is_of_known_leader,
    offer.code is not null as has_code
from core.offer as offer
left join leader on offer.leader_id = leader.leader_id
where offer.edition_id = $edition_id
order by offer.leader_id, offer.side, number
