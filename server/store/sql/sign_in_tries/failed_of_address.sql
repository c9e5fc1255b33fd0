SELECT COUNT(*) FROM sign_in_tries WHERE address_hmac IN ($1, $2) AND success = $3 AND created_at > $4
