/*all*/SELECT id, speed, lines_json, total_face_value, fee, net, priced_at, valid_until FROM quotes WHERE id = $1/*all*/
