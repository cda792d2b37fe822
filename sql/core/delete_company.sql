-- core.delete_company
-- grain: the whole table · key: (edition_id, company_id)
-- reads: core.company · only inside the transaction that fills it again
delete from core.company
