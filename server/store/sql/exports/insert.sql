INSERT INTO exports (id, user_id, kind, format, query, columns, lang, unmasked, reason, state, attempt, done_rows, bytes, chunks, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', 0, 0, 0, 0, $10, $11)
