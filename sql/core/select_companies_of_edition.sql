-- core.select_companies_of_edition
-- grain: one row per company of an edition · key: company_id
-- reads: core.company
select
    edition_id,
    company_id,
    name,
    name_key,
    siren,
    postcode,
    town
from core.company
where edition_id = $edition_id
order by company_id
