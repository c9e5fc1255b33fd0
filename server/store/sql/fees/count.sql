SELECT COUNT(*) FROM payout_fees
