-- outbox.select_reachable_again
-- grain: one row per message that came back and whose leader has another address since, or has been called · key: message_id
-- reads: outbox.message, outbox.returned, outbox.call · $edition_id · attempt_count: once it is tried again, the old report
-- no longer counts, so that a server's own refusal is not followed by another try
select message.message_id
from outbox.message
where
    message.edition_id = $edition_id
    and message.state = 'failed'
    and exists (
        from outbox.returned
        where
            returned.message_id = message.message_id
            and returned.kind = 'permanent'
            and returned.attempt_count = message.attempt_count
    )
    and not exists (
        from outbox.call
        where call.edition_id = message.edition_id and call.leader_id = message.leader_id
    )
order by message.message_id;
