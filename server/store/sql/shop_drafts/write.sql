UPDATE shop_drafts SET base = $3, body_json = $4, effective_from = $5, reason = $6, revision = revision + 1, updated_at = $7
WHERE id = $1 AND revision = $2 AND state = 'open'
