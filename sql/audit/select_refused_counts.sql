-- how many rows and values of each file that counts were refused
-- grain: one row per file with a refusal that is a fault · key: file_sha256
-- reads: audit.refused_line
select file_sha256, count(*) as refused_count
from audit.refused_line
where is_fault
group by file_sha256
order by file_sha256
