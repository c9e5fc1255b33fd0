SELECT COUNT(*) FROM inquiries WHERE created_at <= $1 AND created_at > $2 AND erased_at IS NULL
