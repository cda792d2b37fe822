-- audit.select_identity_verdicts
-- grain: one row per pair of leaders of two editions that a person has decided · key: (edition_id, leader_id, typed)
-- reads: audit.decision · typed is edition/leader of the earlier edition
select edition_id, leader_id, typed, verdict = 'confirmed' as is_confirmed
from audit.decision
where kind = 'identity'
order by edition_id, leader_id, typed
