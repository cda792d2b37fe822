-- outbox.update_content
-- grain: one message · key: message_id
-- reads: outbox.message · $message_id, $content_sha256, $changed_at · a message whose file had gone was written again
update outbox.message
set
    content_sha256 = $content_sha256,
    changed_at = $changed_at
where message_id = cast($message_id as uuid) and state in ('draft', 'approved', 'deferred')
