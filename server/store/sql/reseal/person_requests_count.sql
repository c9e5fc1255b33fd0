SELECT COUNT(*) FROM person_requests
