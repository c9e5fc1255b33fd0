SELECT CAST(1 AS BIGINT) AS seen FROM audit_logs
WHERE target_type = $1 AND target_id = $2 AND created_at >= $3 AND action = $4 AND user_id = $5 LIMIT 1
