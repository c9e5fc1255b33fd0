SELECT id, kind, value_hmac, value_enc, masked, reason, until_at, revision, author, author_id, created_at, lifted_at, lifted_by, lift_reason FROM risk_blocks WHERE id = $1
