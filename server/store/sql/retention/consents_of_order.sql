UPDATE privacy_consents SET phone_hmac = $2 WHERE order_id = $1
