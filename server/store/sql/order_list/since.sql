-- When each order came into the state it is in: its last move.
SELECT order_id, MAX(created_at) AS since FROM order_events
WHERE kind IN ('order_submitted', 'order_start_verify', 'order_start_lock', 'order_settle', 'order_start_pay', 'order_paid', 'order_payout_returned', 'order_all_rejected', 'order_cancel', 'order_hold', 'order_release', 'order_decline')
  AND (/*or*/(order_id = $1)/*or*/)
GROUP BY order_id
