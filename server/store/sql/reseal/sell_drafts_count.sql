SELECT COUNT(*) FROM sell_drafts
