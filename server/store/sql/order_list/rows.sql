SELECT id, code, status, held_from, hold_reason, revision, speed, name_enc, phone_enc, bank_code, account_no_enc, fee, total_face_value, total_payable, item_count, risk_score, created_at, settled_at, paid_at, updated_at
FROM orders WHERE /*or*/(id = $1)/*or*/
