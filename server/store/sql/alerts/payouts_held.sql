SELECT COUNT(*) FROM payouts WHERE status = 'held' AND created_at < $1
