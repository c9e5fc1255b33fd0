INSERT INTO export_chunks (export_id, attempt, seq, data_enc) VALUES ($1, $2, $3, $4)
