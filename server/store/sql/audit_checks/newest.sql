SELECT id, actor, state, checked, head_seq, faults_json, created_at, updated_at FROM audit_checks ORDER BY created_at DESC, id DESC LIMIT $1
