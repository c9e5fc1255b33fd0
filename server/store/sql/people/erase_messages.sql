UPDATE messages SET phone_enc = $3, body_enc = $3, phone_hmac = $4, erased_at = $5
WHERE phone_hmac IN ($1, $2) AND state NOT IN ('ready', 'handing')
