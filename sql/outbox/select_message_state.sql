-- outbox.select_message_state
-- grain: one row, none where there is no such message · key: message_id
-- reads: outbox.message · $message_id
select state
from outbox.message
where message_id = cast($message_id as uuid)
