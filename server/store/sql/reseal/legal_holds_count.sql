SELECT COUNT(*) FROM legal_holds
