-- outbox.insert_suppression
-- grain: one row · key: (address_sha256, reason)
-- reads: $address_sha256, $reason, $since · the first time stays
insert into outbox.suppression by name
select $address_sha256 as address_sha256, $reason as reason, $since as since
on conflict do nothing;
