-- point to the gate run of the state that was judged last
-- grain: one row · key: edition_id
-- reads: nothing
insert or replace into audit.current_gate (edition_id, input_sha256)
values ($edition_id, $input_sha256)
