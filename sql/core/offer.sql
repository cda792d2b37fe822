-- core.offer
-- grain: one row per edition, leader, side and category · key: all columns
-- reads: nothing · what a leader sells and what a leader seeks, as typed, with the code of the nomenclature where known
create table if not exists core.offer (
    edition_id text not null,
    leader_id text not null,
    side text not null check (side in ('sells', 'seeks')),
    category text not null,
    code text,
    primary key (edition_id, leader_id, side, category)
);
