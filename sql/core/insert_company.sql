-- core.insert_company
-- grain: one row per edition and company · key: (edition_id, company_id)
-- reads: incoming
insert into core.company by name
select
    edition_id,
    company_id,
    name,
    name_key,
    siren,
    postcode,
    town
from incoming
