UPDATE idempotency_keys SET state = 'finished', subject_id = $3, response_status = $4, response_json = $5
WHERE scope = $1 AND key_hash = $2 AND state = 'started'
