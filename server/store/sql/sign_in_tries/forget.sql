DELETE FROM sign_in_tries
WHERE id IN (SELECT id FROM sign_in_tries WHERE created_at < $1 ORDER BY created_at LIMIT $2)
