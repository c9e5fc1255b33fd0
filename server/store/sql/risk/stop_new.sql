-- An order of this very transaction: nobody has seen it yet.
UPDATE orders SET status = 'held', held_from = 'submitted', hold_reason = $2 WHERE id = $1 AND status = 'submitted'
