UPDATE shop_drafts SET state = $3, ended_by = $4, effective_from = $5, revision = revision + 1, updated_at = $6, ended_at = $6
WHERE id = $1 AND revision = $2 AND state = 'open'
