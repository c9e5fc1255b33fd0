SELECT kind, version, title_ko, title_en, body_ko, body_en, hash_ko, hash_en, effective_from
FROM documents WHERE kind = $1 AND effective_from <= $2 ORDER BY effective_from DESC, version DESC LIMIT 1
