UPDATE alert_post SET next_at = $2, failures = 0, last_good_at = $3 WHERE name = 'webhook' AND worker = $1
