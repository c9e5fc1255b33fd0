INSERT INTO partner_calls (id, party, operation, reference, subject_id, outcome, code, started_at, finished_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
