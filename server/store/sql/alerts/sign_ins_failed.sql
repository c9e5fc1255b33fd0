SELECT COUNT(*) FROM sign_in_tries WHERE created_at > $1 AND success = $2
