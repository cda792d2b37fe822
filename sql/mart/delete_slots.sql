-- forget the slots of the current edition before they are noted again
-- grain: none · key: none
-- reads: mart.slot
-- binds: edition_id
delete from mart.slot
where edition_id = $edition_id
