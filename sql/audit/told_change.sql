-- audit.told_change
-- grain: one row per change that is told · key: (edition_id, night, leader_id, kind, field)
-- reads: audit.change · of who withdrew in a night nothing else is told: that their wishes went with them is no news
create or replace view audit.told_change as
select edition_id, night, leader_id, kind, field, before, after
from audit.change
where
    kind <> 'changed'
    or not exists (
        from audit.change as withdrawal
        where
            withdrawal.edition_id = change.edition_id
            and withdrawal.night = change.night
            and withdrawal.leader_id = change.leader_id
            and withdrawal.kind = 'withdrawn'
    )
