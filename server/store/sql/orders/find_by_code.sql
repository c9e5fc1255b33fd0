SELECT id, code, quote_id, status, held_from, hold_reason, revision, lang, speed, name_enc, phone_enc, phone_hmac, bank_code, account_no_enc, account_no_hmac, holder_enc, holder_check, fee, total_face_value, total_payable, item_count, risk_score, priced_at, created_at, settled_at, paid_at, updated_at
FROM orders WHERE code = $1
