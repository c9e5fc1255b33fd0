INSERT INTO lane_pauses (lane, actor, reason, created_at) VALUES ($1, $2, $3, $4)
