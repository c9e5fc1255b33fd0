SELECT u.id, u.login, u.name, u.state, u.password_hash, u.password_changed_at, u.totp_enc, u.totp_confirmed_at, u.totp_last_step,
    u.session_epoch, u.revision, u.created_at, u.updated_at, u.last_sign_in_at, s.step_up_at
FROM web_sessions s JOIN users u ON u.id = s.user_id
WHERE s.id_hash = $1 AND s.kind = 'desk' AND s.expires_at > $2 AND s.absolute_expires_at > $2
    AND u.state = 'active' AND u.session_epoch = s.epoch
