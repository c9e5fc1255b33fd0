INSERT INTO risk_books (id, version, state, based_on, book_json, author, author_id, reason, created_at, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT DO NOTHING
