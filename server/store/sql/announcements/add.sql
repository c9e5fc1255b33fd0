INSERT INTO announcements (id, slug, kind, title_ko, title_en, body_ko, body_en, position, published_at, author, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
ON CONFLICT (slug) DO NOTHING
