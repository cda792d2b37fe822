-- raw.retire_files
-- grain: the files of one source and edition · key: file_sha256
-- reads: raw.file · a newer file of the same source and edition takes their place
update raw.file
set is_current = false
where source = $source and edition_id = $edition_id
