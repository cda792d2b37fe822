-- core.delete_offer
-- grain: the whole table · key: all columns
-- reads: core.offer · only inside the transaction that fills it again
delete from core.offer
