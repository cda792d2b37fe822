-- outbox.select_reachable_again
-- grain: one row per message that came back, or was refused at once, and whose leader has another address since, or was
-- called · key: message_id
-- reads: outbox.message, outbox.returned, outbox.call · $edition_id · attempt_count: once it is tried again, the old report
-- no longer counts
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
