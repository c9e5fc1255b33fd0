INSERT INTO privacy_consents (id, order_id, phone_hmac, consent_type, document_version, lang, text_hash, granted, granted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
