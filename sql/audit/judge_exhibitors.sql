-- the exhibitors that the gates judge
-- grain: one row per exhibitor or partner of the edition · key: exhibitor_id
-- reads: core.exhibitor · name_key is the name without accents, capitals and signs
-- binds: edition_id
select
    exhibitor_id,
    name,
    nullif(trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g')), '') as name_key
from core.exhibitor
where edition_id = $edition_id
order by exhibitor_id
