-- outbox.select_salt
-- grain: one row, none before the first use · key: none
-- reads: outbox.salt
select salt
from outbox.salt;
