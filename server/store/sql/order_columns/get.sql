SELECT columns FROM order_columns WHERE user_id = $1
