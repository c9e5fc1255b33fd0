SELECT speed, fee, effective_from, author, created_at FROM payout_fees ORDER BY effective_from DESC, speed LIMIT $1
