UPDATE alert_matters SET told_at = $2 WHERE matter = $1 AND over_at IS NULL
