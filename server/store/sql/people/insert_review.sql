INSERT INTO privacy_reviews (id, month, actor, note, views, created_at) VALUES ($1, $2, $3, $4, $5, $6)
