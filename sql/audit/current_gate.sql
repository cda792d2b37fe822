-- audit.current_gate
-- grain: one row per judged edition · key: edition_id
-- reads: nothing · points to the gate run of the state judged last: a state that comes back is not judged anew
create table if not exists audit.current_gate (
    edition_id text primary key,
    input_sha256 text not null
);
