-- outbox.insert_returned
-- grain: one row · key: report_sha256
-- reads: $report_sha256, $edition_id, $kind, $message_id, $leader_id,
-- $attempt_count, $smtp_code, $status, $said, $read_at
insert into outbox.returned by name
select
    $report_sha256 as report_sha256,
    $edition_id as edition_id,
    $kind as kind,
    cast($message_id as uuid) as message_id,
    $leader_id as leader_id,
    $attempt_count as attempt_count,
    $smtp_code as smtp_code,
    $status as status,
    $said as said,
    $read_at as read_at;
