-- outbox.select_guest_uids
-- grain: one row per leader who registered with Eventmaker · key: leader_id
-- reads: core.registration, raw.file, raw.row · $edition_id · the key of an Eventmaker row is the UID of the guest; a
-- number put behind one that occurs twice (#2) is ours, so those are left out
select registration.leader_id, min(row.row_key) as guest_uid
from core.registration
inner join raw.file using (file_sha256)
inner join raw.row using (file_sha256, sheet, row_number)
where
    registration.edition_id = $edition_id
    and registration.status = 'valid'
    and registration.leader_id is not null
    and file.source = 'eventmaker'
    and row.row_key not like '%#%'
group by registration.leader_id
order by registration.leader_id;
