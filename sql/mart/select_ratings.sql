-- what leaders said of their meetings
-- grain: one row per rating given · key: rating
-- reads: day.rating
-- binds: edition_id
select rating, count(*) as answer_count
from day.rating
where edition_id = $edition_id
group by rating
order by rating
