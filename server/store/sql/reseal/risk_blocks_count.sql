SELECT COUNT(*) FROM risk_blocks
