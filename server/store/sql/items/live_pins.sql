-- One look-up per number, whatever a planner thinks of the table's size.
/*all*/SELECT family, pin_hmac FROM order_items WHERE status NOT IN ('rejected', 'cancelled') AND family = $1 AND pin_hmac = $2/*all*/
