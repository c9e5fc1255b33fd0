SELECT COUNT(*) FROM sign_in_tries WHERE login_hmac IN ($1, $2) AND success = $3 AND factor = $4 AND created_at > $5
