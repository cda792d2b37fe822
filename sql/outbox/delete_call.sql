-- outbox.delete_call
-- grain: one row · key: (edition_id, leader_id)
-- reads: outbox.call, $edition_id, $leader_id
delete from outbox.call
where edition_id = $edition_id and leader_id = $leader_id;
