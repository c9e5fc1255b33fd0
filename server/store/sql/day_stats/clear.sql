DELETE FROM day_stats WHERE day = $1
