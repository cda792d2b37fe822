-- plan.select_companies_named
-- grain: one row per company of an edition that bears a name as the organiser types it · key: company_id
-- reads: core.company · accents and capitals do not matter
select company_id
from core.company
where
    edition_id = $edition_id
    and (
        strip_accents(lower(name)) = strip_accents(lower($company))
        or name_key = strip_accents(lower($company))
    )
order by company_id;
