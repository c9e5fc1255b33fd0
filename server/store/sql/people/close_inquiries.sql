UPDATE inquiries SET phone_hmac = $3, address_hmac = $3 WHERE phone_hmac IN ($1, $2)
