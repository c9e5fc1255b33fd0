UPDATE exports SET state = 'cancelled', finished_at = $3 WHERE id = $1 AND user_id = $2 AND state IN ('queued', 'running')
