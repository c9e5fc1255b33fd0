-- Was this account ever paid?
SELECT CAST(1 AS BIGINT) AS found FROM orders WHERE account_no_hmac IN ($1, $2) AND status = 'paid' LIMIT 1
