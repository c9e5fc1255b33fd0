-- Work that waits because its order is held, or for an answer: the reason is gone.
UPDATE outbox SET next_attempt_at = $1
WHERE state = 'ready' AND next_attempt_at > $1 AND last_error_code IN ('order_held', 'risk_check_due', 'rotation_paused')
    AND (/*or*/(subject_id = $2)/*or*/)
RETURNING id, lane
