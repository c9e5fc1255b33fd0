DELETE FROM web_sessions WHERE user_id = $1 AND id_hash <> $2 AND kind = 'desk'
