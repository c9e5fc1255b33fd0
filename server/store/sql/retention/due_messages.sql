SELECT m.id FROM messages AS m WHERE m.erased_at IS NULL AND m.created_at < $1 AND m.state NOT IN ('ready', 'handing')
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = m.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY m.created_at LIMIT $3
