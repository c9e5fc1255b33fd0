SELECT role, change, actor, reason, created_at FROM role_changes WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2
