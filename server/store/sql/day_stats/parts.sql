-- One measure over some days, by brand and reason, the most first.
SELECT brand, reason, CAST(SUM(number) AS BIGINT) AS number, CAST(SUM(won) AS BIGINT) AS won
FROM day_stats WHERE day >= $1 AND day <= $2 AND measure = $3 GROUP BY brand, reason ORDER BY 3 DESC, brand, reason
