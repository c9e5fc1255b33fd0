INSERT INTO sale_steps (step, sale, created_at) VALUES ($1, $2, $3) ON CONFLICT (step, sale) DO NOTHING
