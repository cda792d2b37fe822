-- core.select_standing
-- grain: one row per edition asked for · key: edition_id
-- reads: core.leader, core.request, core.exhibitor, audit.refused_line, audit.review_item, audit.set_aside_file,
--        audit.current_gate, audit.gate_run, plan.version, plan.standing_decision, plan.approved_version, plan.meeting,
--        outbox.message, outbox.call, mart.figure_repeat · $waiting, $stuck, the states of mails that wait, and of those
--        that a person must see to
with newest as (
    select * from plan.version
    where edition_id = $edition_id
    order by number desc
    limit 1
),

approved as (
    select version_id
    from plan.approved_version
    where edition_id = $edition_id
),

seats as (
    select unnest([meeting.leader_a, meeting.leader_b]) as leader_id
    from plan.meeting
    inner join newest on meeting.version_id = newest.version_id
),

meetings_of as (
    select
        leader.leader_id,
        count(seats.leader_id) as meetings_count
    from core.leader
    left join seats on leader.leader_id = seats.leader_id
    where leader.edition_id = $edition_id and leader.status = 'registered'
    group by leader.leader_id
),

repeat_share as (
    select
        low,
        high
    from mart.figure_repeat
    where edition_id = $edition_id and code = 'repeat_share'
)

select
    (select count(*) from core.leader where edition_id = $edition_id and status = 'registered') as leaders_count,
    (select count(*) from core.leader where edition_id = $edition_id and status = 'withdrawn') as withdrawn_count,
    (
        select count(*) from core.leader
        where edition_id = $edition_id and status = 'registered' and is_vanished
    ) as vanished_count,
    (select count(*) from core.request where edition_id = $edition_id) as requests_count,
    (select count(*) from core.exhibitor where edition_id = $edition_id) as exhibitors_count,
    (select count(*) from audit.refused_line where edition_id = $edition_id and is_fault) as rejected_count,
    (select count(*) from audit.review_item where edition_id = $edition_id) as review_count,
    (select count(*) from audit.set_aside_file) as set_aside_count,
    (
        select run.is_passed
        from audit.current_gate as judged
        inner join audit.gate_run as run
            on judged.edition_id = run.edition_id and judged.input_sha256 = run.input_sha256
        where judged.edition_id = $edition_id
    ) as is_base_sound,
    (select count(*) from plan.version where edition_id = $edition_id) as versions_count,
    (select version_id from newest) as version_id,
    (select status from newest) as plan_status,
    (select kind from newest) as plan_kind,
    (
        select decision.verdict
        from plan.standing_decision as decision
        inner join newest on decision.version_id = newest.version_id
    ) as plan_verdict,
    (select count(*) from seats) // 2 as meetings_count,
    (select value from newest) as value,
    (select value_bound from newest) as value_bound,
    (select shortfall from newest) as shortfall,
    (select shortfall_bound from newest) as shortfall_bound,
    (select gaps from newest) as gaps,
    (select gaps_bound from newest) as gaps_bound,
    (select count(*) from meetings_of where meetings_count < $minimum) as below_minimum_count,
    (select version_id from approved) as approved_version_id,
    (select count(*) from outbox.message where edition_id = $edition_id and state = 'sent') as sent_count,
    (select count(*) from outbox.message where edition_id = $edition_id and list_contains($waiting, state)) as waiting_count,
    (select count(*) from outbox.message where edition_id = $edition_id and list_contains($stuck, state)) as stuck_count,
    (select count(*) from outbox.call where edition_id = $edition_id) as call_count,
    (select low from repeat_share) as repeat_share_low,
    (select high from repeat_share) as repeat_share_high;
