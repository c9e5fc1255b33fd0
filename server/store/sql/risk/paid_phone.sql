-- Was this phone ever paid?
SELECT CAST(1 AS BIGINT) AS found FROM orders WHERE phone_hmac IN ($1, $2) AND status = 'paid' LIMIT 1
