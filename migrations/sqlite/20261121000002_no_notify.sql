-- PostgreSQL only: takes the queue's NOTIFY away. SQLite has none.
SELECT 1;
