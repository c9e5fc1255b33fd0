UPDATE alert_post SET next_at = $2, failures = failures + 1, last_bad_at = $3, last_code = $4 WHERE name = 'webhook' AND worker = $1
