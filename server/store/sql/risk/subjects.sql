SELECT phone_hmac, account_no_hmac, device_hmac, address_hmac, address_enc FROM orders WHERE id = $1
