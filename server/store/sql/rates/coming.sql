SELECT brand, face_min, face_max, basis_points, effective_from
FROM rates WHERE effective_from > $1 ORDER BY brand, effective_from, face_min
