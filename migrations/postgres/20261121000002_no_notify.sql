-- Nobody listens: our workers are nudged inside the process and poll. But NOTIFY takes one lock of the whole server at
-- commit, so every order would be committed alone, one fsync after the other.
DROP TRIGGER IF EXISTS notify_workers ON apalis.jobs;
DROP FUNCTION IF EXISTS apalis.notify_new_jobs;
