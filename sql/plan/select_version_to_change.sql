-- plan.select_version_to_change
-- grain: one row, none where the edition has no plan · key: version_id
-- reads: plan.version, plan.approved_version · the newest version that goes back, parent by parent, to the one in
-- force (itself, or a same-day draft built on it, which holds changes that wait for approval); the newest of all where
-- none is in force
with recursive line as (
    select version_id
    from plan.approved_version
    where edition_id = $edition_id
    union
    select version.version_id
    from plan.version
    inner join line on version.parent_version_id = line.version_id
    where version.kind = 'same_day'
)

select version_id
from plan.version
where edition_id = $edition_id and (version_id in (from line) or not exists (from line))
order by number desc
limit 1;
