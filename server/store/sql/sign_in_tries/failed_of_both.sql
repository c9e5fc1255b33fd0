SELECT COUNT(*) FROM sign_in_tries WHERE login_hmac IN ($1, $2) AND address_hmac IN ($3, $4) AND success = $5 AND factor = $6 AND created_at > $7
