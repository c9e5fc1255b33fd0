SELECT COUNT(*) FROM order_notes
