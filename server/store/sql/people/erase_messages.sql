-- What may still be handed over is left: it was written since the others were looked at. What is too old to be handed over is not.
UPDATE messages SET phone_enc = $3, body_enc = $3, phone_hmac = $4, erased_at = $5
WHERE phone_hmac IN ($1, $2) AND state <> 'handing'
AND (state NOT IN ('ready', 'unknown') OR (kind = 'otp' AND created_at < $6) OR (kind <> 'otp' AND created_at < $7))
