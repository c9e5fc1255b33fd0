UPDATE exports SET state = 'expired' WHERE id = $1 AND state <> 'expired' AND expires_at <= $2
