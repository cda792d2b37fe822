-- outbox.insert_salt
-- grain: one row · key: none
-- reads: $salt
insert into outbox.salt by name
select $salt as salt;
