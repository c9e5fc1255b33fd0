SELECT started_at, finished_at FROM partner_calls WHERE party = $1 AND finished_at >= $2 ORDER BY finished_at DESC LIMIT $3
