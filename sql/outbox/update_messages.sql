-- outbox.update_messages
-- grain: one row: how many messages changed · key: none
-- reads: outbox.message · $changes, $changed_at · one statement and so one commit for several messages, because a commit waits
-- for the disk; a message that is in none of its formers does not change, and is missing in the count
update outbox.message
set
    state = change.state,
    attempt_count = attempt_count + change.attempts,
    retry_at = change.retry_at,
    smtp_code = change.smtp_code,
    smtp_said = change.smtp_said,
    changed_at = $changed_at
from (
    select unnest(from_json($changes, '[{
        "message_id": "UUID", "formers": ["VARCHAR"], "state": "VARCHAR", "attempts": "INTEGER",
        "smtp_code": "INTEGER", "smtp_said": "VARCHAR", "retry_at": "TIMESTAMPTZ"
    }]'), max_depth := 2)
) as change
where message.message_id = change.message_id and list_contains(change.formers, message.state)
