-- outbox.upsert_documents
-- grain: one row per agenda of the version that lies in its folder · key: (version_id, leader_id)
-- reads: incoming
insert into outbox.document by name
select version_id, edition_id, leader_id, agenda_sha256, content_sha256
from incoming
on conflict (version_id, leader_id) do update set
    agenda_sha256 = excluded.agenda_sha256,
    content_sha256 = excluded.content_sha256;
