INSERT INTO documents (kind, version, title_ko, title_en, body_ko, body_en, hash_ko, hash_en, effective_from, created_at, author, publisher)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
