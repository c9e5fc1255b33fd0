SELECT body_enc FROM manual_proofs WHERE id = $1
