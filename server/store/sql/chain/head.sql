SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1
