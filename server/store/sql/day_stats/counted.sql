-- When each of these days was counted last.
SELECT day, MAX(counted_at) AS counted_at FROM day_stats WHERE day >= $1 AND day <= $2 GROUP BY day
