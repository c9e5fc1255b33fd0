SELECT matter, words, began_at, told_at, over_at FROM alert_matters ORDER BY began_at, matter
