-- tickets that were taken for another ticket of the same leader, with what speaks for it
-- grain: one row per merged ticket · key: registration_id
-- reads: core.merge, core.registration, core.named_leader, raw.row
-- binds: edition_id
select
    merge.leader_id,
    merge.registration_id,
    merge.into_registration_id,
    merge.rule,
    merge.evidence,
    leader.number as leader_number,
    leader.name as leader_name,
    leader.company as leader_company,
    row.content::text as content
from core.merge as merge
inner join core.named_leader as leader on merge.edition_id = leader.edition_id and merge.leader_id = leader.leader_id
left join core.registration as registration
    on merge.edition_id = registration.edition_id and merge.registration_id = registration.registration_id
left join raw.row as row
    on
        registration.file_sha256 = row.file_sha256
        and registration.sheet = row.sheet
        and registration.row_number = row.row_number
where merge.edition_id = $edition_id
order by leader.number, merge.registration_id
