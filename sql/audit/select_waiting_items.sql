-- questions that wait for a person, counted
-- grain: one row per kind · key: kind
-- reads: audit.review_item · what was typed stays in the database
-- binds: edition_id
select kind, count(*) as item_count, list(distinct leader_id order by leader_id) as leader_ids
from audit.review_item
where edition_id = $edition_id
group by kind
order by kind
