SELECT id, user_id, kind, format, query, columns, lang, unmasked, reason, state, attempt, total_rows, done_rows, bytes, chunks, error, created_at, started_at, finished_at, expires_at
FROM exports WHERE id = $1
