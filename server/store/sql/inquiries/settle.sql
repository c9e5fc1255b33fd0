UPDATE inquiries SET state = $3, note_enc = $4, handled_by = $5, handled_at = $6, revision = revision + 1
WHERE id = $1 AND revision = $2
