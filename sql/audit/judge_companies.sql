-- the companies that the gates judge
-- grain: one row per company of the edition · key: company_id
-- reads: core.company
-- binds: edition_id
select company_id, name, name_key, siren
from core.company
where edition_id = $edition_id
order by company_id
