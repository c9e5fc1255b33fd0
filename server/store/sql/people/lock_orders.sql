SELECT status FROM orders WHERE phone_hmac IN ($1, $2) ORDER BY id /*for update*/
