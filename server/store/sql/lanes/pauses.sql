SELECT lane, actor, reason, created_at FROM lane_pauses ORDER BY created_at
