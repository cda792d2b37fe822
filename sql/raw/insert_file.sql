-- raw.insert_file
-- grain: one row · key: file_sha256
-- reads: nothing
insert into raw.file by name
select
    $file_sha256 as file_sha256,
    $file_name as file_name,
    $source as source,
    $kind as kind,
    $edition_id as edition_id,
    $encoding as encoding,
    $size_bytes as size_bytes,
    $row_count as row_count,
    $is_current as is_current,
    $read_at as read_at,
    $event_label as event_label,
    $recognition_score as recognition_score,
    $rival_source as rival_source,
    $rival_score as rival_score,
    $rules_sha256 as rules_sha256,
    $hidden_sheets::text[] as hidden_sheets,
    $rates::text[] as rates,
    $is_edition_told as is_edition_told
