SELECT COUNT(*) FROM audit_logs WHERE user_id = $1 AND created_at >= $2 AND action IN ('reveal.pin', 'reveal.person', 'proof.open')
