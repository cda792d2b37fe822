-- day.deal
-- grain: one row per edition, leader and partner with whom a deal came of it · key: (edition_id, leader_id, partner_id)
-- reads: nothing · shares run from 0 to 1
create table if not exists day.deal (
    edition_id text not null,
    leader_id text not null,
    partner_id text not null,
    amount_cents bigint not null,
    attribution_share double not null check (attribution_share between 0 and 1),
    confidence_share double not null check (confidence_share between 0 and 1),
    primary key (edition_id, leader_id, partner_id)
);
