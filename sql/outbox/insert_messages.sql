-- outbox.insert_messages
-- grain: one row per plan version, leader and kind of mail · key: message_id
-- reads: incoming · waiting from birth: the plan version was approved by a person
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
    path,
    'approved' as state,
    0 as attempt_count,
    created_at,
    created_at as changed_at
from incoming;
