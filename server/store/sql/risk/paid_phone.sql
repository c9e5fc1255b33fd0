-- Which of these phones were ever paid.
SELECT DISTINCT phone_hmac FROM orders WHERE status = 'paid' AND (/*or*/(phone_hmac = $1)/*or*/)
