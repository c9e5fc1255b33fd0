DELETE FROM alert_matters WHERE matter = $1 AND over_at IS NOT NULL
