SELECT id, kind, subject, base, body_json, effective_from, reason, state, author, ended_by, revision, created_at, updated_at, ended_at
FROM shop_drafts WHERE kind = $1 AND subject = $2 ORDER BY updated_at DESC, id LIMIT $3
