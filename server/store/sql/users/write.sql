UPDATE users SET name = $3, state = $4, password_hash = $5, password_changed_at = $6, totp_enc = $7, totp_confirmed_at = $8,
    totp_last_step = $9, session_epoch = $10, revision = revision + 1, updated_at = $11
WHERE id = $1 AND revision = $2
