-- mart.base_spending
-- grain: one row per edition with settings and leaders · key: edition_id
-- reads: mart.base_size, mart.setting · (price + the afternoon at the leader's hourly cost) x |A|, in cents
create or replace view mart.base_spending as
select
    size.edition_id,
    size.basis,
    size.present_count,
    size.held_count,
    size.unknown_outcome_count,
    size.present_count
    * round(setting.price_cents + setting.leader_hour_cents * setting.afternoon_minutes / 60)::bigint as cost_cents
from mart.base_size as size
inner join mart.setting as setting on size.edition_id = setting.edition_id
where size.present_count is not null
