-- Newest first; a set's bands stand together.
SELECT brand, face_min, face_max, basis_points, effective_from, author, reason, created_at
FROM rates WHERE brand = $1 ORDER BY effective_from DESC, face_min LIMIT $2
