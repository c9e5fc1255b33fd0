UPDATE web_sessions SET data_enc = $2
WHERE id_hash = (SELECT id_hash FROM web_sessions WHERE id_hash = $1 /*skip locked*/) AND data_enc IS NOT DISTINCT FROM $3
