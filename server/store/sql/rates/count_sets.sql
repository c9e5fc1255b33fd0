SELECT COUNT(DISTINCT effective_from) FROM rates WHERE brand = $1
