-- mart.wilson_interval
-- grain: one struct (low, high) per call · key: none
-- reads: nothing · Wilson score interval at 95 % for `successes` of `trials`, without continuity correction
-- source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212; z = 1.959964
create or replace macro mart.wilson_interval(successes, trials) as (
    case
        when trials > 0 and successes between 0 and trials then struct_pack(
            low := greatest(
                0.0,
                (
                    successes + 1.959964 ^ 2 / 2
                    - 1.959964 * sqrt(successes * (trials - successes) / trials::double + 1.959964 ^ 2 / 4)
                ) / (trials + 1.959964 ^ 2)
            ),
            high := least(
                1.0,
                (
                    successes + 1.959964 ^ 2 / 2
                    + 1.959964 * sqrt(successes * (trials - successes) / trials::double + 1.959964 ^ 2 / 4)
                ) / (trials + 1.959964 ^ 2)
            )
        )
    end
)
