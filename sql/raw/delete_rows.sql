-- raw.delete_rows
-- grain: the rows of one file · key: file_sha256
-- reads: raw.row
delete from raw.row
where file_sha256 = $file_sha256
