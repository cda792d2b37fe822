-- how many registered leaders have sent how many requests
-- grain: one row per number of requests · key: request_count
-- reads: core.leader, core.request
-- binds: edition_id
with asking as (
    select from_leader_id, count(*) as request_count
    from core.request
    where edition_id = $edition_id
    group by all
)
select coalesce(asking.request_count, 0) as request_count, count(*) as leader_count
from core.leader as leader
left join asking on leader.leader_id = asking.from_leader_id
where leader.edition_id = $edition_id and leader.status = 'registered'
group by all
order by request_count
