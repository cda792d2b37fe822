-- outbox.begin_message
-- grain: one message · key: message_id
-- reads: outbox.message · $message_id, $changed_at · committed before the dialogue, so that a crash leaves a trace
update outbox.message
set
    state = 'sending',
    attempt_count = attempt_count + 1,
    changed_at = $changed_at
where message_id = cast($message_id as uuid) and state in ('approved', 'deferred');
