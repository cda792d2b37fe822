-- outbox.salt
-- grain: one row, made with the first address that is to be known again · key: none
-- reads: nothing · a plain hash of an address can be guessed from a list of addresses; with this nobody can who has not
-- got this database
create table if not exists outbox.salt (
    salt text not null
);
