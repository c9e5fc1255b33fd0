SELECT version FROM risk_books ORDER BY version DESC LIMIT 1
