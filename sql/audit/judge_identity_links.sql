-- the links to leaders of earlier editions that the gates judge
-- grain: one row per leader of the edition and leader of an earlier one
-- key: (leader_id, earlier_edition_id, earlier_leader_id)
-- reads: core.identity_link, core.leader, core.edition
-- binds: edition_id
with link as (
    select leader_id, earlier_edition_id, earlier_leader_id, certainty, probability
    from core.identity_link
    where edition_id = $edition_id
),
leader as (
    select edition_id, leader_id
    from core.leader
),
edition as (
    select edition_id, held_on
    from core.edition
),
this_edition as (
    select held_on
    from edition
    where edition_id = $edition_id
),
sure as (
    select leader_id, earlier_edition_id, count(*) as link_count
    from link
    where certainty = 'sure'
    group by all
)
select
    link.leader_id,
    link.earlier_edition_id,
    link.earlier_leader_id,
    leader.leader_id is not null and earlier_leader.leader_id is not null as is_between_known_leaders,
    coalesce(earlier_edition.held_on < this_edition.held_on, false) as is_to_earlier_edition,
    link.probability between 0 and 1 as is_probability,
    link.certainty <> 'sure' or sure.link_count = 1 as is_only_sure_link
from link
left join this_edition on true
left join edition as earlier_edition on link.earlier_edition_id = earlier_edition.edition_id
left join leader on leader.edition_id = $edition_id and link.leader_id = leader.leader_id
left join leader as earlier_leader
    on link.earlier_edition_id = earlier_leader.edition_id and link.earlier_leader_id = earlier_leader.leader_id
left join sure on link.leader_id = sure.leader_id and link.earlier_edition_id = sure.earlier_edition_id
order by link.leader_id, link.earlier_edition_id, link.earlier_leader_id
