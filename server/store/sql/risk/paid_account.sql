-- Which of these accounts were ever paid.
SELECT DISTINCT account_no_hmac FROM orders WHERE status = 'paid' AND (/*or*/(account_no_hmac = $1)/*or*/)
