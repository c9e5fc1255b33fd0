SELECT a.bank_tran_id, a.tran_date, a.state AS attempt, a.amount AS sent, p.id AS payout_id, p.amount, p.status AS payout, o.status AS order_status, o.total_payable, o.code
FROM payouts p JOIN orders o ON o.id = p.order_id LEFT JOIN payout_attempts a ON a.payout_id = p.id
ORDER BY o.code, a.attempt_no
