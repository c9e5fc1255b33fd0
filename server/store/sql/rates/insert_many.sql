INSERT INTO rates (id, brand, face_min, face_max, basis_points, effective_from, author, reason, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (brand, effective_from, face_min) DO NOTHING
