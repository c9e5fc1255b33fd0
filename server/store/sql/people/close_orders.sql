UPDATE orders SET phone_hmac = $3, account_no_hmac = $3, address_hmac = $3, device_hmac = NULL, closed_at = $4, revision = revision + 1 WHERE phone_hmac IN ($1, $2)
