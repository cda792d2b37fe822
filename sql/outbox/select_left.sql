-- outbox.select_left
-- grain: one row per message of any edition that has been tried, the newest last · key: message_id
-- reads: outbox.message, core.leader · email is where the leader's mail goes now
select
    message.message_id,
    coalesce(leader.email, leader.payer_email) as email
from outbox.message
left join core.leader using (edition_id, leader_id)
where message.attempt_count > 0
order by message.changed_at, message.message_id;
