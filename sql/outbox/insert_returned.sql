-- outbox.insert_returned
-- grain: one row · key: report_sha256
-- reads: outbox.message · $report_sha256, $kind, $message_id, $smtp_code, $status, $said, $read_at
insert into outbox.returned by name
select
    $report_sha256 as report_sha256,
    edition_id,
    $kind as kind,
    message_id,
    leader_id,
    attempt_count,
    $smtp_code as smtp_code,
    $status as status,
    $said as said,
    $read_at as read_at
from outbox.message
where message_id = cast($message_id as uuid);
