UPDATE orders SET revision = revision + 1, updated_at = $2 WHERE id = $1
