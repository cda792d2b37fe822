-- outbox.select_proposed
-- grain: one row per partner proposed to a leader who has not asked for them · key: (leader_id, partner_id)
-- reads: core.suggestion, core.request · $edition_id · the best first
select suggestion.from_leader_id as leader_id, suggestion.to_leader_id as partner_id
from core.suggestion
anti join core.request using (edition_id, from_leader_id, to_leader_id)
where suggestion.edition_id = $edition_id
order by suggestion.from_leader_id, suggestion.rank, suggestion.to_leader_id;
