SELECT c.id, '' AS word, c.phone_hmac, o.id AS source, o.phone_enc AS source_enc FROM privacy_consents AS c INNER JOIN orders AS o ON o.id = c.order_id
WHERE c.id > $1 ORDER BY c.id LIMIT $2
