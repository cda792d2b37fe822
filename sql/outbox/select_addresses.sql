-- outbox.select_addresses
-- grain: one row per registered leader · key: leader_id
-- reads: core.leader · $edition_id · the leader's own address, else that of whoever paid
select
    leader_id,
    coalesce(email, payer_email) as email
from core.leader
where edition_id = $edition_id and status = 'registered'
order by leader_id;
