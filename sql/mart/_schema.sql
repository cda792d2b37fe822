-- mart
-- grain: none · key: none
-- reads: nothing
create schema if not exists mart;
