UPDATE orders SET name_enc = $2, phone_enc = $2, account_no_enc = $2, holder_enc = $2, address_enc = $2, phone_hmac = $3, account_no_hmac = $3,
    address_hmac = $3, device_hmac = NULL, agent = '', erased_at = $4
WHERE id = $1 AND erased_at IS NULL
