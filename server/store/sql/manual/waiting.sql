SELECT COUNT(*) FROM order_items WHERE status IN ('manual', 'unknown_lock') AND (status = 'manual' OR next_check_at IS NULL)
