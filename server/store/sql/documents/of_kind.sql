SELECT kind, version, title_ko, title_en, body_ko, body_en, hash_ko, hash_en, effective_from, author, publisher, created_at
FROM documents WHERE kind = $1 ORDER BY version DESC LIMIT $2
