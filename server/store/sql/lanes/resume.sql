DELETE FROM lane_pauses WHERE lane = $1
