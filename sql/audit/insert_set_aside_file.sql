-- audit.insert_set_aside_file
-- grain: one row per file of the inbox that could not be taken in · key: file_name
-- reads: incoming
-- binds: set_aside_at
insert into audit.set_aside_file by name
select
    file_name,
    file_sha256,
    sentence_fr,
    sentence_en,
    $set_aside_at as set_aside_at
from incoming
