-- outbox.delete_drafts
-- grain: one row per draft that is no longer wanted · key: message_id
-- reads: outbox.message, incoming · nobody has decided about a draft, so nothing is lost with it
delete from outbox.message
where
    state = 'draft'
    and message_id in (select cast(incoming.message_id as uuid) from incoming);
