-- outbox.rewrite_messages
-- grain: one row per message that has not left and was written anew · key: message_id
-- reads: incoming · $formers, the states in which it may be · when it may be tried again stays as it is
update outbox.message
set
    kind = incoming.kind,
    language = incoming.language,
    subject = incoming.subject,
    agenda_sha256 = incoming.agenda_sha256,
    content_sha256 = incoming.content_sha256,
    state = incoming.state,
    smtp_said = incoming.smtp_said,
    changed_at = incoming.written_at
from incoming
where
    outbox.message.message_id = cast(incoming.message_id as uuid)
    and list_contains($formers, outbox.message.state);
