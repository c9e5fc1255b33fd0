-- Which of these phones were ever paid.
SELECT DISTINCT phone_hmac FROM (/*all*/SELECT phone_hmac FROM orders WHERE status = 'paid' AND phone_hmac = $1/*all*/) AS orders
