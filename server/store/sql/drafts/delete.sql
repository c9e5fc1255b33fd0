DELETE FROM sell_drafts WHERE id = $1
