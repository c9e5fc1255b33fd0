-- Which of these accounts somebody was to be paid to: one number is asked for at every bank.
SELECT DISTINCT account_no_hmac FROM orders WHERE /*or*/(account_no_hmac = $1)/*or*/
