SELECT COUNT(*) FROM inquiries WHERE state = 'open'
