UPDATE sign_in_tries SET success = $2 WHERE id = $1
