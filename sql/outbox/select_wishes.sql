-- outbox.select_wishes
-- grain: one row per wish of a leader · key: (leader_id, partner_id)
-- reads: core.request · $edition_id · in the order of the leader's own ranks
select from_leader_id as leader_id, to_leader_id as partner_id
from core.request
where edition_id = $edition_id
order by from_leader_id, rank, to_leader_id;
