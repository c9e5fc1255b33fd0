SELECT item_id, user_id, claimed_at, lease_until FROM manual_claims WHERE item_id = $1 /*for update*/
