-- the requests that the gates judge
-- grain: one row per directed request of the edition · key: (from_leader_id, to_leader_id)
-- reads: core.request, core.leader, core.exclusion, raw.row
-- binds: edition_id
with leader as (
    select leader_id, company_id, status
    from core.leader
    where edition_id = $edition_id
),
request as (
    select from_leader_id, to_leader_id, rank, file_sha256, sheet, row_number
    from core.request
    where edition_id = $edition_id
),
line as (
    select file_sha256, sheet, row_number
    from raw.row
),
excluded as (
    select leader_a, leader_b
    from core.exclusion
    where edition_id = $edition_id
)
select
    request.from_leader_id,
    request.to_leader_id,
    request.rank,
    line.row_number is not null as has_raw_row,
    asking.leader_id is not null as is_from_known_leader,
    coalesce(asked.status = 'registered', false) as is_to_registered_leader,
    request.from_leader_id <> request.to_leader_id as is_to_someone_else,
    request.from_leader_id = request.to_leader_id
    or coalesce(asking.company_id, '') <> coalesce(asked.company_id, '') as is_to_another_company,
    excluded.leader_a is null as is_allowed
from request
left join leader as asking on request.from_leader_id = asking.leader_id
left join leader as asked on request.to_leader_id = asked.leader_id
left join line
    on
        request.file_sha256 = line.file_sha256
        and request.sheet = line.sheet
        and request.row_number = line.row_number
left join excluded
    on
        least(request.from_leader_id, request.to_leader_id) = excluded.leader_a
        and greatest(request.from_leader_id, request.to_leader_id) = excluded.leader_b
order by request.from_leader_id, request.to_leader_id
