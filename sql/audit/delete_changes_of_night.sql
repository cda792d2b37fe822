-- audit.delete_changes_of_night
-- grain: the changes of a night · key: (edition_id, night, leader_id, kind, field)
-- reads: audit.change · only inside the transaction that writes what the night has come to by now
-- binds: edition_id, night
delete from audit.change
where edition_id = $edition_id and night = $night
