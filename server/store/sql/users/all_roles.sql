SELECT user_id, role FROM user_roles
