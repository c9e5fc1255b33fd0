DELETE FROM sell_drafts WHERE id IN (SELECT id FROM sell_drafts WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
