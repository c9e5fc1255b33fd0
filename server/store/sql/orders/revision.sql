SELECT revision FROM orders WHERE id = $1
