-- outbox.insert_call
-- grain: one row per leader · key: (edition_id, leader_id)
-- reads: $edition_id, $leader_id, $address_sha256, $smtp_code, $said, $since · the first report stays
insert into outbox.call by name
select
    $edition_id as edition_id,
    $leader_id as leader_id,
    $address_sha256 as address_sha256,
    $smtp_code as smtp_code,
    $said as said,
    $since as since
on conflict do nothing;
