-- outbox.update_message
-- grain: one message · key: message_id
-- reads: outbox.message · $message_id, $state, $smtp_code, $changed_at
update outbox.message
set
    state = $state,
    smtp_code = $smtp_code,
    changed_at = $changed_at
where message_id = cast($message_id as uuid);
