-- outbox.fail_returned
-- grain: one message · key: message_id
-- reads: outbox.message · $message_id, $smtp_code, $smtp_said, $changed_at · only what has left can come back
update outbox.message
set
    state = 'failed',
    smtp_code = $smtp_code,
    smtp_said = $smtp_said,
    changed_at = $changed_at
where message_id = cast($message_id as uuid) and state in ('sending', 'sent', 'unknown');
