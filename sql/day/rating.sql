-- day.rating
-- grain: one row per edition, leader and partner rated · key: (edition_id, leader_id, partner_id)
-- reads: nothing
create table if not exists day.rating (
    edition_id text not null,
    leader_id text not null,
    partner_id text not null,
    rating text not null check (rating in ('did_not_take_place', 'insufficient_interest', 'informative_only', 'cooperation_possible')),
    primary key (edition_id, leader_id, partner_id)
);
