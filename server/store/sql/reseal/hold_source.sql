-- Whose phone this is, from a row that still has it sealed.
SELECT 'orders' AS place, id, phone_enc FROM orders WHERE phone_hmac = $1 AND erased_at IS NULL
UNION ALL SELECT 'inquiries' AS place, id, phone_enc FROM inquiries WHERE phone_hmac = $1 AND erased_at IS NULL
UNION ALL SELECT 'messages' AS place, id, phone_enc FROM messages WHERE phone_hmac = $1 AND erased_at IS NULL
LIMIT 1
