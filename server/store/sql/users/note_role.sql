INSERT INTO role_changes (id, user_id, role, change, actor, reason, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
