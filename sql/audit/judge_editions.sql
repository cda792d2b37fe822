-- the editions that the gates judge
-- grain: one row per edition of the memory · key: edition_id
-- reads: core.edition, raw.file
with taken as (
    select edition_id, count(*) as file_count
    from raw.file
    where is_current
    group by all
)
select
    edition.edition_id,
    edition.number,
    coalesce(taken.file_count, 0) as file_count,
    coalesce(edition.number >= lag(edition.number) over (order by edition.held_on, edition.number), true) as is_in_order
from core.edition as edition
left join taken on edition.edition_id = taken.edition_id
order by edition.held_on, edition.edition_id
