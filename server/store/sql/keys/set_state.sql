UPDATE encryption_keys SET state = $4, retired_at = $5 WHERE purpose = $1 AND key_id = $2 AND state = $3
