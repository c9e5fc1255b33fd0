SELECT kind, version, title_ko, title_en, body_ko, body_en, hash_ko, hash_en, effective_from
FROM documents WHERE kind = $1 AND version = $2
