SELECT COUNT(*) FROM inquiries
