SELECT user_id, kind, action, COUNT(*) AS lines, COUNT(DISTINCT target_type || ':' || target_id) AS targets,
    CAST(COALESCE(SUM(CASE WHEN reason IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS bare
FROM audit_logs WHERE kind IN ('view', 'export') AND created_at >= $1 AND created_at < $2 AND user_id IS NOT NULL
GROUP BY user_id, kind, action ORDER BY COUNT(*) DESC, action
