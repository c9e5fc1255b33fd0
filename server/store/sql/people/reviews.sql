SELECT month, actor, note, views, created_at FROM privacy_reviews ORDER BY created_at DESC LIMIT $1
