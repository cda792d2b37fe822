-- mart.figure_attendance: |A| / N
-- grain: one row per edition whose presence was recorded · key: (edition_id, code)
-- reads: mart.base_size, core.leader, day.attendance · unknown: registered leaders of whom nobody noted anything
create or replace view mart.figure_attendance as
with silent as (
    select leader.edition_id, count(*) as leader_count
    from core.leader as leader
    anti join day.attendance as noted
        on leader.edition_id = noted.edition_id and leader.leader_id = noted.leader_id
    anti join mart.base_presence as present
        on leader.edition_id = present.edition_id and leader.leader_id = present.leader_id
    where leader.status = 'registered'
    group by all
)
select
    size.edition_id,
    'attendance' as code,
    size.present_count as numerator,
    size.registered_count as denominator,
    coalesce(silent.leader_count, 0) as unknown_count,
    size.present_count / nullif(size.registered_count, 0) as value
from mart.base_size as size
left join silent on size.edition_id = silent.edition_id
where size.basis = 'present'
