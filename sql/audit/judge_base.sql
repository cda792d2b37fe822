-- the whole registration base, in one row
-- grain: one row · key: none
-- reads: core.edition, core.leader, core.request, core.unavailability, audit.possible_partner, audit.review_item,
-- audit.refused_line, audit.set_aside_file
-- binds: edition_id, slot_starts (instants), slot_minutes, table_count, most_meetings (a leader's), earlier_share and
-- unknown_share (0 to 1)
-- a leader's own maximum counts up to the event's
-- last year is counted as many days before its event as this year's latest registration lies before this one
with registered as (
    select
        leader_id,
        least(coalesce(max_meetings, $most_meetings), $most_meetings) as most_meetings_count,
        registered_at
    from core.leader
    where edition_id = $edition_id and status = 'registered'
),
sought as (
    select leader_id, partner_count
    from audit.possible_partner($edition_id, $slot_starts::timestamptz[], $slot_minutes)
),
needed as (
    select ceil(sum(least(registered.most_meetings_count, sought.partner_count)) / 2)::bigint as meeting_count
    from registered
    inner join sought on registered.leader_id = sought.leader_id
),
this_edition as (
    select edition_id, held_on
    from core.edition
    where edition_id = $edition_id
),
last_edition as (
    select edition.edition_id, edition.held_on
    from core.edition as edition
    inner join this_edition on edition.held_on < this_edition.held_on
    order by edition.held_on desc
    limit 1
),
lead_time as (
    select this_edition.held_on - max(registered.registered_at)::date as days_before
    from this_edition
    cross join registered
    group by this_edition.held_on
),
last_year as (
    select count(*) as leader_count
    from core.leader as leader
    inner join last_edition on leader.edition_id = last_edition.edition_id
    left join lead_time on true
    where
        leader.status = 'registered'
        and coalesce(last_edition.held_on - leader.registered_at::date >= lead_time.days_before, true)
),
wish as (
    select
        (
            select count(*) from audit.review_item
            where edition_id = $edition_id and kind = 'request'
        ) as unknown_wish_count,
        (
            select count(*) from core.request
            where edition_id = $edition_id
        ) as known_wish_count
)
select
    (select count(*) from registered) as registered_count,
    coalesce((select meeting_count from needed), 0) as wanted_meeting_count,
    $table_count * len($slot_starts::timestamptz[]) as possible_meeting_count,
    (select leader_count from last_year) as last_year_count,
    ceil((select leader_count from last_year) * $earlier_share)::bigint as expected_count,
    (select unknown_wish_count from wish) as unknown_wish_count,
    (select unknown_wish_count + known_wish_count from wish) as typed_wish_count,
    (select floor((unknown_wish_count + known_wish_count) * $unknown_share)::bigint from wish) as allowed_wish_count,
    (select count(*) from audit.set_aside_file) as set_aside_count,
    (select count(*) from audit.review_item where edition_id = $edition_id) as review_count,
    (
        select count(distinct (file_sha256, sheet, row_number)) -- noqa: ST08,LT01,LT06
        from audit.refused_line
        where edition_id = $edition_id and is_fault
    ) as refused_count
