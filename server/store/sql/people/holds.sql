SELECT id, reason, actor, created_at, ends_at, lifted_at FROM legal_holds WHERE phone_hmac IN ($1, $2) ORDER BY created_at DESC
