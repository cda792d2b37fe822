-- raw.overlap
-- grain: one row per ordered pair of files of one source and edition of which the later read takes the place of the
-- other · key: (file_sha256, other_sha256)
-- reads: raw.file, raw.row · registrations and wishes: files that share at least half of the smaller one's rows, others
-- are parts of one whole; a row is shared where key and name agree, since lists number their lines anew · rows of the
-- other kinds go by their content and cannot be told from a corrected version of themselves: all files of these overlap
create or replace view raw.overlap as
with pair as (
    select
        one.file_sha256,
        other.file_sha256 as other_sha256,
        least(one.row_count, other.row_count) as smaller_count,
        one.kind in ('registration', 'wishes') as has_parts
    from raw.file as one
    inner join raw.file as other
        on
            one.source = other.source
            and one.edition_id = other.edition_id
            and one.file_sha256 <> other.file_sha256
    where one.kind <> 'corrections'
),

shared as (
    select pair.file_sha256, pair.other_sha256
    from pair
    inner join raw.row as mine on pair.file_sha256 = mine.file_sha256
    inner join raw.row as theirs on pair.other_sha256 = theirs.file_sha256 and mine.row_key = theirs.row_key
    where
        pair.has_parts
        and lower(coalesce(mine.content ->> 'family_name', mine.content ->> 'full_name'))
        is not distinct from lower(coalesce(theirs.content ->> 'family_name', theirs.content ->> 'full_name'))
    group by pair.file_sha256, pair.other_sha256, pair.smaller_count
    having 2 * count(*) >= pair.smaller_count
)

select file_sha256, other_sha256
from shared
union all
select file_sha256, other_sha256
from pair
where not has_parts
