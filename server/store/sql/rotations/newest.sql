SELECT id, data_key, lookup_key, state, round, revision, actor, reason, began_at, updated_at, finished_at FROM key_rotations ORDER BY began_at DESC, id DESC LIMIT 1
