UPDATE privacy_consents SET phone_hmac = $1 WHERE order_id IN (SELECT id FROM orders WHERE erased_at = $2)
