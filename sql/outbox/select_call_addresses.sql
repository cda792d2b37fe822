-- outbox.select_call_addresses
-- grain: one row per leader to be called · key: leader_id
-- reads: outbox.call, core.leader · $edition_id · email is where mail goes, null where the leader has none any more, or withdrew
select call.leader_id, call.address_sha256, coalesce(leader.email, leader.payer_email) as email
from outbox.call
left join core.leader
    on
        call.edition_id = leader.edition_id
        and call.leader_id = leader.leader_id
        and leader.status = 'registered'
where call.edition_id = $edition_id
order by call.leader_id;
