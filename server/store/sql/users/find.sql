SELECT id, login, name, state, password_hash, password_changed_at, totp_enc, totp_confirmed_at, totp_last_step, session_epoch, revision, created_at, updated_at, last_sign_in_at
FROM users WHERE id = $1
