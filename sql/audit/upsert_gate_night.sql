-- audit.upsert_gate_night
-- grain: one row · key: (edition_id, night)
-- reads: nothing
insert into audit.gate_night (edition_id, night, input_sha256)
values ($edition_id, $night, $input_sha256)
on conflict (edition_id, night) do update set input_sha256 = excluded.input_sha256
