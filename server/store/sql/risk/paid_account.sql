-- Which of these accounts were ever paid.
SELECT DISTINCT account_no_hmac FROM (/*all*/SELECT account_no_hmac FROM orders WHERE status = 'paid' AND account_no_hmac = $1/*all*/) AS orders
