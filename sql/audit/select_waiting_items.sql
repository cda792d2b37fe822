-- questions that wait for a person, each with the leaders who may have been meant
-- grain: one row per question · key: (kind, leader_id, typed)
-- reads: audit.review_item, core.leader, core.company · candidate_ids and candidate_companies go together, likeliest first
-- binds: edition_id
with item as (
    select kind, leader_id, typed, reason, row_number, candidates
    from audit.review_item
    where edition_id = $edition_id
),
near as (
    select
        kind,
        leader_id,
        typed,
        unnest(from_json(candidates, '[{"leader_id": "VARCHAR", "score": "DOUBLE"}]')) as found
    from item
),
candidate as (
    select near.kind, near.leader_id, near.typed, leader.leader_id as candidate_id, company.name, near.found.score as score
    from near
    inner join core.leader as leader on leader.edition_id = $edition_id and near.found.leader_id = leader.leader_id
    inner join core.company as company
        on leader.edition_id = company.edition_id and leader.company_id = company.company_id
),
named as (
    select
        kind,
        leader_id,
        typed,
        list(candidate_id order by score desc, candidate_id asc) as candidate_ids,
        list(name order by score desc, candidate_id asc) as candidate_companies
    from candidate
    group by kind, leader_id, typed
)
select
    item.kind,
    item.leader_id,
    item.typed,
    item.reason,
    item.row_number,
    coalesce(named.candidate_ids, []) as candidate_ids,
    coalesce(named.candidate_companies, []) as candidate_companies
from item
left join named on item.kind = named.kind and item.leader_id = named.leader_id and item.typed = named.typed
order by item.kind, item.leader_id, item.typed
