INSERT INTO sign_in_tries (id, login_hmac, address_hmac, factor, success, created_at) VALUES ($1, $2, $3, $4, $5, $6)
