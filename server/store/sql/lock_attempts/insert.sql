INSERT INTO lock_attempts (id, item_id, attempt_no, reference, state, inquiries, not_found, attempted_at)
VALUES ($1, $2, $3, $4, 'attempted', 0, 0, $5)
