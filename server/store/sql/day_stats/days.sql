-- Per day and measure, brands and reasons together.
SELECT day, measure, CAST(SUM(number) AS BIGINT) AS number, CAST(SUM(won) AS BIGINT) AS won, MAX(counted_at) AS counted_at
FROM day_stats WHERE day >= $1 AND day <= $2 GROUP BY day, measure ORDER BY day, measure
