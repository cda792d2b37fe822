-- outbox.insert_call
-- grain: one row per leader · key: (edition_id, leader_id)
-- reads: outbox.message · $message_id, the one that did not arrive, $address_sha256, $smtp_code, $said, $since · the first
-- report stays
insert into outbox.call by name
select
    edition_id,
    leader_id,
    $address_sha256 as address_sha256,
    $smtp_code as smtp_code,
    $said as said,
    $since as since
from outbox.message
where message_id = cast($message_id as uuid)
on conflict do nothing;
