-- outbox.update_digest
-- grain: one digest · key: (edition_id, night)
-- reads: outbox.digest · $edition_id, $night, $state, $smtp_code, $changed_at
update outbox.digest
set
    state = $state,
    smtp_code = $smtp_code,
    changed_at = $changed_at
where edition_id = $edition_id and night = $night
