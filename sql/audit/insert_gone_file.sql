-- audit.insert_gone_file
-- grain: one row per export whose file has left the inbox · key: file_sha256
-- reads: incoming
insert into audit.gone_file by name
select file_sha256
from incoming
