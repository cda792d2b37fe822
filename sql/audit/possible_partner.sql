-- audit.possible_partner
-- grain: one row per leader who could meet anybody · key: leader_id
-- reads: audit.possible_pair · binds what that binds
create or replace macro audit.possible_partner(judged_edition_id, slot_starts, slot_minutes) as table (
    with partner as (
        select unnest([leader_a, leader_b]) as leader_id
        from audit.possible_pair(judged_edition_id, slot_starts, slot_minutes)
    )
    select leader_id, count(*) as partner_count
    from partner
    group by all
)
