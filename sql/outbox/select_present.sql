-- outbox.select_present
-- grain: one row per registered leader who was there, as far as is known · key: leader_id
-- reads: core.leader, day.attendance, day.outcome · $edition_id · who met somebody was there, whatever the door noted
with met as (
    select unnest([leader_a, leader_b]) as leader_id
    from day.outcome
    where edition_id = $edition_id and outcome = 'held'
)

select leader.leader_id
from core.leader
left join day.attendance
    on
        attendance.edition_id = $edition_id
        and attendance.leader_id = leader.leader_id
where
    leader.edition_id = $edition_id
    and leader.status = 'registered'
    and (coalesce(attendance.is_present, true) or leader.leader_id in (select met.leader_id from met))
order by leader.leader_id;
