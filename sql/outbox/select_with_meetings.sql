-- outbox.select_with_meetings
-- grain: one row per registered leader who met somebody · key: leader_id
-- reads: day.met_pair, core.leader · $edition_id
select leader_id
from core.leader
where
    edition_id = $edition_id
    and status = 'registered'
    and exists (
        from day.met_pair
        where met_pair.edition_id = leader.edition_id and leader.leader_id in (met_pair.leader_a, met_pair.leader_b)
    )
order by leader_id;
