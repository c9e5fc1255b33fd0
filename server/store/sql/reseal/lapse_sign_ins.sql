SELECT COUNT(*) FROM sign_in_tries WHERE created_at <= $1 AND created_at > $2
