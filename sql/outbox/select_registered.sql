-- outbox.select_registered
-- grain: one row per registered leader · key: leader_id
-- reads: core.leader · $edition_id
select leader_id
from core.leader
where edition_id = $edition_id and status = 'registered'
order by leader_id;
