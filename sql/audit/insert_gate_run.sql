-- remember that a state of the base was judged
-- grain: one row per judged state · key: (edition_id, input_sha256)
-- reads: nothing
insert into audit.gate_run (edition_id, input_sha256, checked_at, is_passed)
values ($edition_id, $input_sha256, $checked_at, $is_passed)
