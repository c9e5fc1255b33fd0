SELECT COUNT(*) FROM user_roles r JOIN users u ON u.id = r.user_id WHERE r.role = 'owner' AND u.state = 'active' AND u.id <> $1
