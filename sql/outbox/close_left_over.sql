-- outbox.close_left_over
-- grain: one row per message in whose dialogue an earlier run ended · key: message_id
-- reads: outbox.message · $edition_id, $changed_at · nobody knows whether it arrived, so it is not sent again; what an earlier
-- dialogue said about it says nothing about this one
update outbox.message
set
    state = 'unknown',
    smtp_code = null,
    smtp_said = null,
    changed_at = $changed_at
where edition_id = $edition_id and state = 'sending';
