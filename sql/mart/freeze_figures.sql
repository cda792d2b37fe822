-- keep what the key figures say now; an edition whose leaders were purged keeps what was said of it before
-- grain: one row per edition and key figure · key: (edition_id, code)
-- reads: mart.key_figure, core.leader
insert or replace into mart.frozen_figure by name
select
    figure.edition_id,
    figure.code,
    figure.numerator,
    figure.denominator,
    figure.unknown_count,
    figure.value,
    figure.low,
    figure.high,
    figure.unit,
    figure.basis
from mart.key_figure as figure
semi join core.leader as leader on figure.edition_id = leader.edition_id
