-- outbox.select_suppressions
-- grain: one row per address and reason · key: (address_sha256, reason)
-- reads: outbox.suppression
select address_sha256, reason
from outbox.suppression
order by address_sha256, reason;
