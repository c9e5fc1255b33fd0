INSERT INTO users (id, login, name, state, password_hash, password_changed_at, totp_enc, totp_confirmed_at, totp_last_step, session_epoch, revision, created_at, updated_at, last_sign_in_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
