SELECT client_key, kind, state, unique_key FROM messages ORDER BY client_key
