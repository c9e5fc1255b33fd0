SELECT COUNT(*) FROM manual_proofs
