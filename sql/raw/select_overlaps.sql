-- raw.select_overlaps
-- grain: one row per ordered pair of files of which one takes the place of the other · key: (file_sha256, other_sha256)
-- reads: raw.overlap
select file_sha256, other_sha256
from raw.overlap
order by file_sha256, other_sha256
