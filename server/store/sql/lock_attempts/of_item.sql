SELECT id, item_id, attempt_no, reference, state, code, face, issuer_ref, inquiries, not_found, attempted_at, finished_at
FROM lock_attempts WHERE item_id = $1 ORDER BY attempt_no
