SELECT kind, value_hmac, created_at FROM risk_blocks
WHERE lifted_at IS NULL AND until_at > $1 AND (/*or*/(kind = $2 AND value_hmac = $3)/*or*/)
