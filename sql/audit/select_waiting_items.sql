-- questions that wait for a person, each with whom it is about and who may have been meant
-- grain: one row per question · key: (kind, leader_id, typed)
-- reads: audit.review_item, core.named_leader, core.registration · candidates are leaders or categories, the
-- likeliest first · other_ is whom a duplicate or an identity is compared with, or a leader of the other company that
-- gives the SIREN; of another edition, other_edition_id
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
        unnest(
            from_json(
                candidates,
                '[{"leader_id": "VARCHAR", "code": "VARCHAR", "name": "VARCHAR", "name_en": "VARCHAR", "score": "DOUBLE"}]'
            )
        ) as found
    from item
),
candidate as (
    select
        near.kind,
        near.leader_id,
        near.typed,
        list(
            {
                'leader_id': coalesce(named.leader_id, ''),
                'number': coalesce(named.number, 0),
                'name': coalesce(named.name, near.found.name, near.found.code),
                'name_en': coalesce(near.found.name_en, ''),
                'company': coalesce(named.company, '')
            }
            order by near.found.score desc, near.found.leader_id asc, near.found.code asc
        ) as candidates
    from near
    left join core.named_leader as named on named.edition_id = $edition_id and near.found.leader_id = named.leader_id
    where named.leader_id is not null or near.found.code is not null
    group by near.kind, near.leader_id, near.typed
),
compared as (
    select
        item.kind,
        item.leader_id,
        item.typed,
        case item.kind when 'identity' then split_part(item.typed, '/', 1) else $edition_id end as other_edition_id,
        case item.kind
            when 'identity' then split_part(item.typed, '/', 2)
            when 'company' then item.candidates ->> '$[0].leader_id'
            else registration.leader_id
        end as other_leader_id
    from item
    left join core.registration as registration
        on item.kind = 'duplicate' and registration.edition_id = $edition_id and item.typed = registration.registration_id
    where item.kind in ('duplicate', 'company', 'identity')
)
select
    item.kind,
    item.leader_id,
    item.typed,
    item.reason,
    item.row_number,
    coalesce(candidate.candidates, []) as candidates,
    who.number as leader_number,
    who.name as leader_name,
    who.company as leader_company,
    other.edition_id as other_edition_id,
    other.leader_id as other_id,
    other.number as other_number,
    other.name as other_name,
    other.company as other_company
from item
left join candidate
    on item.kind = candidate.kind and item.leader_id = candidate.leader_id and item.typed = candidate.typed
left join core.named_leader as who on who.edition_id = $edition_id and item.leader_id = who.leader_id
left join compared
    on item.kind = compared.kind and item.leader_id = compared.leader_id and item.typed = compared.typed
left join core.named_leader as other
    on compared.other_edition_id = other.edition_id and compared.other_leader_id = other.leader_id
order by item.kind, item.leader_id, item.typed
