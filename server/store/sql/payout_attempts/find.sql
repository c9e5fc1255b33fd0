SELECT id, payout_id, attempt_no, bank_tran_id, tran_date, tran_dtime, amount, state, rsp_code, bank_rsp_code, inquiries, not_found, attempted_at, finished_at
FROM payout_attempts WHERE id = $1
