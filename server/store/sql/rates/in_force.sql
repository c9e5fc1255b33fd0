-- A brand's newest set of bands replaces its older ones as a whole.
SELECT brand, face_min, face_max, basis_points, effective_from
FROM rates AS r
WHERE effective_from = (SELECT MAX(newest.effective_from) FROM rates AS newest WHERE newest.brand = r.brand AND newest.effective_from <= $1)
ORDER BY brand, face_min
