-- outbox.insert_messages
-- grain: one row per message to one leader · key: message_id
-- reads: incoming · in the state that the caller gives: draft, or approved where a person has agreed before
insert into outbox.message by name
select
    cast(message_id as uuid) as message_id,
    edition_id,
    version_id,
    leader_id,
    kind,
    language,
    subject,
    agenda_sha256,
    content_sha256,
    path,
    state,
    0 as attempt_count,
    created_at,
    created_at as changed_at
from incoming;
