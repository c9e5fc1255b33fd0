SELECT id, slug, kind, title_ko, title_en, body_ko, body_en, position, published_at
FROM announcements WHERE kind = $1 AND published_at <= $2 ORDER BY published_at DESC, position, id LIMIT $3
