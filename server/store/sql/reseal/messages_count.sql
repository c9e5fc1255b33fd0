SELECT COUNT(*) FROM messages
