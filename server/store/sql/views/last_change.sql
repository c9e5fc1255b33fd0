SELECT user_id, action, created_at FROM audit_logs
WHERE target_type = $1 AND target_id = $2 AND kind = 'change' AND action <> 'order.note' AND user_id IS NOT NULL
ORDER BY created_at DESC, id DESC LIMIT 1
