-- plan.select_company_names
-- grain: one row per company of an edition · key: company_id
-- reads: core.company
select name
from core.company
where edition_id = $edition_id
order by company_id;
