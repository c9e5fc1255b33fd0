SELECT id, party, operation, reference, subject_id, outcome, code, started_at, finished_at
FROM partner_calls WHERE subject_id = $1 ORDER BY started_at, id
