SELECT COUNT(*) FROM recovery_codes AS r JOIN users AS u ON u.id = r.user_id
WHERE r.created_at <= $1 AND r.created_at <= $2 AND r.used_at IS NULL AND u.state = 'active'
