SELECT id, order_id, consent_type, document_version, lang, text_hash, granted, granted_at
FROM privacy_consents WHERE order_id = $1 ORDER BY consent_type
