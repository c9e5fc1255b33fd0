SELECT COUNT(*) FROM rates WHERE brand = $1 AND effective_from = $2
