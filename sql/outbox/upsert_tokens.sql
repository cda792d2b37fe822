-- outbox.upsert_tokens
-- grain: one row per agenda of the version that lies in its folder · key: (version_id, leader_id, token)
-- reads: incoming
insert into outbox.token by name
select version_id, edition_id, leader_id, token, true as is_current
from incoming
on conflict (version_id, leader_id, token) do update set is_current = true;
