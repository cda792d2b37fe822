-- files that share a row: the same key, and the same family name where there is one
-- grain: one row per pair of files · key: (one_sha256, other_sha256), the smaller first
-- reads: raw.row · tools that number tickets anew for each event give the same number to different people
-- binds: files (hashes)
with line as (
    select file_sha256, row_key, lower(content ->> 'family_name') as family_name
    from raw.row
    where file_sha256 in $files
)

select distinct one.file_sha256 as one_sha256, other.file_sha256 as other_sha256
from line as one
inner join line as other on one.row_key = other.row_key and one.family_name is not distinct from other.family_name
where one.file_sha256 < other.file_sha256
order by one_sha256, other_sha256
