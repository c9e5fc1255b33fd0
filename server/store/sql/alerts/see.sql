INSERT INTO alert_matters (matter, words, began_at, seen_at) VALUES ($1, $2, $3, $3)
ON CONFLICT (matter) DO UPDATE SET words = $2, seen_at = $3, over_at = NULL
