UPDATE sell_drafts SET data_enc = $2
WHERE id = (SELECT id FROM sell_drafts WHERE id = $1 /*skip locked*/) AND data_enc IS NOT DISTINCT FROM $3
