-- plan.upsert_ruling
-- grain: one row per pair that the organiser has locked or forbidden · key: (edition_id, leader_a, leader_b)
-- reads: nothing · the same ruling said again keeps who said it first
insert into plan.ruling (edition_id, leader_a, leader_b, ruling, ruled_by, ruled_at)
values ($edition_id, $leader_a, $leader_b, $ruling, $ruled_by, $ruled_at)
on conflict (edition_id, leader_a, leader_b) do update set
    ruling = excluded.ruling,
    ruled_by = excluded.ruled_by,
    ruled_at = excluded.ruled_at
where ruling <> excluded.ruling;
