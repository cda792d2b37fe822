-- mart.frozen_figure
-- grain: one row per edition and key figure · key: (edition_id, code)
-- reads: nothing · what mart.key_figure said when it was last computed; stays when identities are purged
create table if not exists mart.frozen_figure (
    edition_id text not null,
    code text not null,
    numerator bigint,
    denominator bigint,
    unknown_count bigint,
    value double,
    low double,
    high double,
    unit text not null,
    basis text not null,
    primary key (edition_id, code)
);
