INSERT INTO quotes (id, speed, lines_json, total_face_value, fee, net, priced_at, valid_until, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
