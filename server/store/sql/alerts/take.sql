UPDATE alert_post SET worker = $1, lease_until = $2 WHERE name = 'webhook' AND (worker = $1 OR lease_until < $3)
