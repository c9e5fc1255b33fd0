UPDATE sell_drafts SET data_enc = $3, revision = revision + 1, updated_at = $4, expires_at = $5
WHERE id = $1 AND revision = $2 AND expires_at > $4
