-- audit.gate_night
-- grain: one row per judged edition and night · key: (edition_id, night)
-- reads: nothing · the state judged last in a night, in the event's zone; kept for ever, for the history of the gates
create table if not exists audit.gate_night (
    edition_id text not null,
    night date not null,
    input_sha256 text not null,
    primary key (edition_id, night)
);
