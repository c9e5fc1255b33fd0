SELECT MAX(CASE WHEN outcome NOT IN ('unknown', 'not_sent') THEN finished_at END) AS good,
    MAX(CASE WHEN outcome IN ('unknown', 'not_sent') THEN finished_at END) AS bad
FROM partner_calls WHERE party = $1 AND finished_at >= $2
