SELECT c.consent_type, c.document_version, c.lang, c.text_hash, c.granted, c.granted_at, o.code
FROM privacy_consents AS c INNER JOIN orders AS o ON o.id = c.order_id
WHERE c.phone_hmac IN ($1, $2) ORDER BY c.granted_at DESC, c.consent_type LIMIT $3
