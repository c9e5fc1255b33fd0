SELECT COUNT(*) FROM inquiries WHERE address_hmac IN ($1, $2) AND created_at >= $3
