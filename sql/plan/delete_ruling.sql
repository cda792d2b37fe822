-- plan.delete_ruling
-- grain: one row, the pair whose ruling is lifted · key: (edition_id, leader_a, leader_b)
-- reads: nothing
delete from plan.ruling
where edition_id = $edition_id and leader_a = $leader_a and leader_b = $leader_b;
