-- plan.select_unmet_reasons
-- grain: one row per reason of a plan version, the most frequent first · key: reason
-- reads: plan.unmet
select
    reason,
    count(*) as requests_count
from plan.unmet
where version_id = $version_id
group by reason
order by requests_count desc, reason asc;
