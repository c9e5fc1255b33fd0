SELECT id FROM exports WHERE state <> 'expired' AND expires_at <= $1 ORDER BY expires_at LIMIT $2
