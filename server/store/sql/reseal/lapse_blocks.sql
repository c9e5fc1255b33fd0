SELECT COUNT(*) FROM risk_blocks WHERE created_at <= $1 AND until_at > $2 AND value_enc IS NULL AND lifted_at IS NULL
