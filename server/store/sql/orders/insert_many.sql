-- The quote can be used once: a second order on it writes nothing.
INSERT INTO orders (id, code, quote_id, status, revision, lang, speed, name_enc, phone_enc, phone_hmac, bank_code, account_no_enc, account_no_hmac, holder_enc, holder_check, fee, total_face_value, total_payable, item_count, risk_score, priced_at, address_enc, address_hmac, agent, created_at, updated_at, device_hmac)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
ON CONFLICT (quote_id) DO NOTHING
