-- outbox.upsert_digest
-- grain: one row · key: (edition_id, night)
-- reads: outbox.digest · what became of it stays: a digest that was written again has been sent as it was
insert into outbox.digest by name
select
    $edition_id as edition_id,
    $night as night,
    $content_sha256 as content_sha256,
    $open_items as open_items,
    $is_quiet as is_quiet,
    $path as path,
    'written' as state,
    0 as attempt_count,
    $written_at as written_at,
    $written_at as changed_at
on conflict (edition_id, night) do update set
    content_sha256 = excluded.content_sha256,
    open_items = excluded.open_items,
    is_quiet = excluded.is_quiet,
    path = excluded.path,
    written_at = excluded.written_at
