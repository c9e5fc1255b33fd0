UPDATE legal_holds SET lifted_at = $3, lifted_by = $2 WHERE id = $1 AND lifted_at IS NULL
