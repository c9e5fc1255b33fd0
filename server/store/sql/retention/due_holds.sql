-- A hold ends by itself or is lifted; while another one is in force nothing of the phone goes.
SELECT l.id FROM legal_holds AS l WHERE l.erased_at IS NULL AND COALESCE(l.lifted_at, l.ends_at) < $1 AND (l.lifted_at IS NOT NULL OR l.ends_at < $2)
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = l.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY l.ends_at LIMIT $3
