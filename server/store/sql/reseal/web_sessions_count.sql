SELECT COUNT(*) FROM web_sessions
