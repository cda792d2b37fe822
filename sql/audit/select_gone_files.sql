-- the exports whose files had left the inbox when it was last taken in
-- grain: one row per export · key: file_sha256
-- reads: audit.gone_file
select file_sha256
from audit.gone_file
order by file_sha256
