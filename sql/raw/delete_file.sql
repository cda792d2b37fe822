-- raw.delete_file
-- grain: the file with this hash · key: file_sha256
-- reads: raw.file · only where event.toml now gives a known file another source or edition
delete from raw.file
where file_sha256 = $file_sha256
