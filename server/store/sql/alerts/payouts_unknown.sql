SELECT COUNT(*) FROM payouts WHERE status = 'unknown' AND created_at < $1
