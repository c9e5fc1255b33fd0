INSERT INTO audit_checks (id, actor, state, checked, head_seq, faults_json, created_at, updated_at) VALUES ($1, $2, 'running', 0, $3, $4, $5, $5)
