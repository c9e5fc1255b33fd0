UPDATE alert_matters SET over_at = $2 WHERE matter = $1 AND over_at IS NULL
