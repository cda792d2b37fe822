-- mart.base_same_person
-- grain: one row per leader and leader of an earlier edition who are the same person
-- key: (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
-- reads: core.identity_link, core.edition · links followed over all editions and in both directions; a chain is sure
-- only if each of its links is
create or replace view mart.base_same_person as
with recursive link as (
    select edition_id, leader_id, earlier_edition_id as other_edition_id, earlier_leader_id as other_leader_id, certainty
    from core.identity_link
    union all
    select earlier_edition_id, earlier_leader_id, edition_id, leader_id, certainty
    from core.identity_link
),
reached (edition_id, leader_id, other_edition_id, other_leader_id, is_sure) as (
    select edition_id, leader_id, other_edition_id, other_leader_id, certainty = 'sure'
    from link
    union
    select
        reached.edition_id,
        reached.leader_id,
        link.other_edition_id,
        link.other_leader_id,
        reached.is_sure and link.certainty = 'sure'
    from reached
    inner join link
        on reached.other_edition_id = link.edition_id and reached.other_leader_id = link.leader_id
)
select
    reached.edition_id,
    reached.leader_id,
    reached.other_edition_id as earlier_edition_id,
    reached.other_leader_id as earlier_leader_id,
    bool_or(reached.is_sure) as is_sure
from reached
inner join core.edition as edition on reached.edition_id = edition.edition_id
inner join core.edition as earlier on reached.other_edition_id = earlier.edition_id
where earlier.held_on < edition.held_on
group by all
