-- raw.delete_headers
-- grain: the columns of one file · key: file_sha256
-- reads: raw.header
delete from raw.header
where file_sha256 = $file_sha256
