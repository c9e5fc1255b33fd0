SELECT next_at, failures, last_good_at, last_bad_at, last_code FROM alert_post WHERE name = 'webhook'
