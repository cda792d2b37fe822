-- raw.select_contents
-- grain: one row per line asked for · key: position
-- reads: incoming, raw.row · in the order of position
select row.content::text as content
from incoming
inner join raw.row as row using (file_sha256, sheet, row_number)
order by incoming.position
