SELECT data_enc FROM export_chunks WHERE export_id = $1 AND attempt = $2 AND seq = $3
