SELECT kind, state, created_at FROM messages WHERE phone_hmac IN ($1, $2) ORDER BY id /*for update*/
