SELECT COUNT(*) FROM payout_fees WHERE speed = $1 AND effective_from = $2
