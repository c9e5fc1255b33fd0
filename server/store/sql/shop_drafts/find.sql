SELECT id, kind, subject, base, body_json, effective_from, reason, state, author, ended_by, revision, created_at, updated_at, ended_at
FROM shop_drafts WHERE id = $1
