-- audit.delete_review_item
-- grain: the whole table · key: (edition_id, kind, leader_id, typed)
-- reads: audit.review_item · only inside the transaction that fills it again
delete from audit.review_item
