-- PostgreSQL leaves out three references here; SQLite has one writer and no locks on rows, so it keeps them.
SELECT 1;
