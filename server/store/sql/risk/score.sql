UPDATE orders SET risk_score = $2 WHERE id = $1
