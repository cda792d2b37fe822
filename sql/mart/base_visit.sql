-- mart.base_visit
-- grain: one row per leader present and leader present at an earlier edition who are the same person
-- key: (edition_id, leader_id, earlier_edition_id, earlier_leader_id)
-- reads: mart.base_presence, mart.base_same_person · is_previous: the edition just before
create or replace view mart.base_visit as
with previous as (
    select edition_id, lag(edition_id) over (order by held_on) as previous_edition_id
    from core.edition
)
select
    present.edition_id,
    present.leader_id,
    same.earlier_edition_id,
    same.earlier_leader_id,
    same.earlier_edition_id = previous.previous_edition_id as is_previous,
    same.is_sure
from mart.base_presence as present
inner join mart.base_same_person as same
    on present.edition_id = same.edition_id and present.leader_id = same.leader_id
inner join mart.base_presence as earlier
    on same.earlier_edition_id = earlier.edition_id and same.earlier_leader_id = earlier.leader_id
inner join previous on present.edition_id = previous.edition_id
