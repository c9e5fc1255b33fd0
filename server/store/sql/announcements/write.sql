UPDATE announcements SET title_ko = $3, title_en = $4, body_ko = $5, body_en = $6, published_at = $7, author = $8, revision = revision + 1, updated_at = $9
WHERE id = $1 AND revision = $2
