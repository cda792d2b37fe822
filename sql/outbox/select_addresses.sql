-- outbox.select_addresses
-- grain: one row per registered leader · key: leader_id
-- reads: core.leader · $edition_id · the leader's own address, else the one the registration came from
select
    leader_id,
    email
from core.leader
where edition_id = $edition_id and status = 'registered'
order by leader_id;
