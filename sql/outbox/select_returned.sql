-- outbox.select_returned
-- grain: one row per mail that came back and was understood · key: report_sha256
-- reads: outbox.returned
select report_sha256
from outbox.returned
order by report_sha256;
