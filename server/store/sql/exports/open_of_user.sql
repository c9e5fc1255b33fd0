SELECT COUNT(*) AS exports FROM exports WHERE user_id = $1 AND created_at > $2 AND state IN ('queued', 'running')
