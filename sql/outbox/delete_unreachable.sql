-- outbox.delete_unreachable
-- grain: one row · key: (address_sha256, reason)
-- reads: outbox.suppression, $address_sha256 · somebody has called and the address is right; a person's own word stays
delete from outbox.suppression
where address_sha256 = $address_sha256 and reason = 'bounce';
