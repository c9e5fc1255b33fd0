INSERT INTO payout_attempts (id, payout_id, attempt_no, bank_tran_id, tran_date, tran_dtime, amount, state, inquiries, not_found, attempted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'attempted', 0, 0, $8)
