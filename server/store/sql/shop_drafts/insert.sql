INSERT INTO shop_drafts (id, kind, subject, base, body_json, effective_from, reason, state, author, revision, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, 1, $9, $9)
