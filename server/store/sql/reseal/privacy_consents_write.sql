UPDATE privacy_consents SET phone_hmac = $2
WHERE id = (SELECT id FROM privacy_consents WHERE id = $1 /*skip locked*/) AND phone_hmac IS NOT DISTINCT FROM $3
