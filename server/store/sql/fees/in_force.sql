SELECT speed, fee, effective_from
FROM payout_fees AS f
WHERE effective_from = (SELECT MAX(newest.effective_from) FROM payout_fees AS newest WHERE newest.speed = f.speed AND newest.effective_from <= $1)
ORDER BY speed
