-- day.delete_attendance
-- grain: the whole table · key: (edition_id, leader_id)
-- reads: day.attendance · only inside the transaction that fills it again
delete from day.attendance
