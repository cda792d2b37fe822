-- outbox.suppression
-- grain: one row per address that gets no mail, or less, and reason · key: (address_sha256, reason)
-- reads: nothing · across editions; the address itself is not kept: the hash knows it again and tells nobody.
-- person: asked for no more mails, for ever, and gets what belongs to their registration only;
-- bounce: nobody can be reached there, so nothing goes until the leader has another address
create table if not exists outbox.suppression (
    address_sha256 text not null,
    reason text not null check (reason in ('person', 'bounce')),
    since timestamptz not null,
    primary key (address_sha256, reason)
);
