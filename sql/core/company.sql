-- core.company
-- grain: one row per edition and company · key: (edition_id, company_id)
-- reads: nothing · name is as typed, name_key is folded for comparison
create table if not exists core.company (
    edition_id text not null,
    company_id text not null,
    name text not null,
    name_key text not null,
    siren text,
    postcode text,
    town text,
    primary key (edition_id, company_id)
);
