-- outbox.select_addresses
-- grain: one row per registered leader · key: leader_id
-- reads: core.leader · $edition_id · email is null where only the payer's address is known
select
    leader_id,
    case when has_own_email then email end as email
from core.leader
where edition_id = $edition_id and status = 'registered'
order by leader_id;
