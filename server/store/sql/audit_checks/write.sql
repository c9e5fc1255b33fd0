UPDATE audit_checks SET state = $2, checked = $3, faults_json = $4, updated_at = $5 WHERE id = $1 AND state = 'running'
