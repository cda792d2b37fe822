-- core.leader
-- grain: one row per edition and person · key: (edition_id, leader_id)
-- reads: nothing · leader_id never changes within an edition; person_key is what makes two registrations one person;
-- is_vanished: gone from the newest full export without a cancellation, until a person confirms; merged_into: the leader
-- who this one turned out to be, whose number is the one that stays; payer_email: where mail about a leader without any
-- e-mail of their own goes, the address of whoever paid, by which nobody is known
create table if not exists core.leader (
    edition_id text not null,
    leader_id text not null,
    catalogue_number integer not null,
    person_key text not null,
    company_id text not null,
    family_name text not null,
    given_name text not null,
    job_title text,
    email text,
    has_own_email boolean not null,
    phone text,
    role text not null check (role in ('buyer', 'supplier', 'both')),
    presentation text,
    language text not null check (language in ('fr', 'en')),
    max_meetings integer,
    status text not null check (status in ('registered', 'withdrawn')),
    registered_at timestamptz,
    is_vanished boolean not null default false,
    merged_into text,
    payer_email text,
    primary key (edition_id, leader_id)
);
