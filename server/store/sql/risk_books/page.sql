SELECT id, version, state, based_on, book_json, author, author_id, reason, created_at, decided_by, decided_id, decided_at FROM risk_books WHERE version < $1 ORDER BY version DESC LIMIT $2
