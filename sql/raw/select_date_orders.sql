-- raw.select_date_orders
-- grain: one row per column of dates · key: (file_sha256, sheet, field)
-- reads: raw.header
select file_sha256, sheet, field, date_order
from raw.header
where field is not null and date_order is not null
order by file_sha256, sheet, position
