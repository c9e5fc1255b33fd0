SELECT address_enc, agent FROM orders WHERE id = $1
