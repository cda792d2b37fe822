-- outbox.upsert_printed
-- grain: one row per printed piece of the version that lies in its folder · key: (version_id, file_name)
-- reads: incoming
insert into outbox.printed by name
select version_id, edition_id, file_name, content_sha256
from incoming
on conflict (version_id, file_name) do update set
    content_sha256 = excluded.content_sha256;
