SELECT id, slug, kind, title_ko, title_en, body_ko, body_en, position, published_at, revision, author, updated_at
FROM announcements WHERE kind = $1 ORDER BY published_at DESC, position, id LIMIT $2
