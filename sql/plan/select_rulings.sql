-- plan.select_rulings
-- grain: one row per pair that the organiser has locked or forbidden · key: (leader_a, leader_b)
-- reads: plan.ruling
select
    leader_a,
    leader_b,
    ruling,
    ruled_by,
    ruled_at
from plan.ruling
where edition_id = $edition_id
order by ruling, leader_a, leader_b;
