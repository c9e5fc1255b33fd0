UPDATE payout_attempts
SET state = $4, rsp_code = $5, bank_rsp_code = $6, inquiries = $7, not_found = $8, finished_at = $9, tran_date = $10
WHERE id = $1 AND state = $2 AND inquiries = $3
