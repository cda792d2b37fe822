-- outbox.begin_digest
-- grain: one digest · key: (edition_id, night)
-- reads: outbox.digest · $edition_id, $night, $changed_at · committed before the dialogue, so that a crash leaves a trace
update outbox.digest
set
    state = 'sending',
    attempt_count = attempt_count + 1,
    changed_at = $changed_at
where edition_id = $edition_id and night = $night and state in ('written', 'deferred')
