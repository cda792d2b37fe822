-- outbox.select_documents
-- grain: one row per rendered agenda of any version of the edition · key: (version_id, leader_id)
-- reads: outbox.document · $edition_id
select version_id, leader_id, content_sha256
from outbox.document
where edition_id = $edition_id
order by version_id, leader_id;
