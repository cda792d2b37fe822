-- outbox.select_messages
-- grain: one row per message of the edition, the newest plan version last · key: message_id
-- reads: outbox.message, plan.version · $edition_id · what belongs to no plan comes first
select
    message.message_id,
    message.version_id,
    message.leader_id,
    message.kind,
    message.agenda_sha256,
    message.content_sha256,
    message.path,
    message.state,
    message.attempt_count
from outbox.message
left join plan.version using (version_id)
where message.edition_id = $edition_id
order by version.number nulls first, message.leader_id, message.kind;
