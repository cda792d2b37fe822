-- plan
-- grain: none · key: none
-- reads: nothing
create schema if not exists plan;
