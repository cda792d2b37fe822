-- audit.delete_identity_questions
-- grain: the questions of kind identity · key: (edition_id, kind, leader_id, typed)
-- reads: audit.review_item · only inside the transaction that links the editions anew
delete from audit.review_item
where kind = 'identity'
