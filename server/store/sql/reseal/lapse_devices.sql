SELECT COUNT(*) FROM orders WHERE created_at <= $1 AND created_at > $2 AND device_hmac IS NOT NULL
