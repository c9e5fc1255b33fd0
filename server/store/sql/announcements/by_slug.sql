SELECT id, slug, kind, title_ko, title_en, body_ko, body_en, position, published_at
FROM announcements WHERE slug = $1 AND kind = $2 AND published_at <= $3
