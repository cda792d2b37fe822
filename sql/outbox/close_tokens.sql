-- outbox.close_tokens
-- grain: one row per mark of the version, until its agendas are noted anew · key: (version_id, leader_id, token)
-- reads: outbox.token · $version_id
update outbox.token set is_current = false
where version_id = $version_id and is_current;
