-- outbox.insert_messages
-- grain: one row per new message · key: message_id
-- reads: incoming · approved where a person approved the plan or said that the kind may go, a draft where not
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
    smtp_said,
    written_at as created_at,
    written_at as changed_at
from incoming;
