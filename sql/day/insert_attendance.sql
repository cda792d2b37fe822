-- day.insert_attendance
-- grain: one row per edition and leader whose presence was recorded · key: (edition_id, leader_id)
-- reads: incoming
insert into day.attendance by name
select
    edition_id,
    leader_id,
    is_present,
    checked_in_at
from incoming
