-- outbox.select_messages
-- grain: one row per message of the edition, the newest plan version last · key: message_id
-- reads: outbox.message, plan.version · $edition_id
select
    message.message_id,
    message.version_id,
    message.leader_id,
    message.kind,
    message.agenda_sha256,
    message.path,
    message.state
from outbox.message
inner join plan.version using (version_id)
where message.edition_id = $edition_id
order by version.number, message.leader_id, message.kind;
