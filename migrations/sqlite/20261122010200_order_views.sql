-- How a person likes to see the orders list: saved filters with a name, and the columns.
CREATE TABLE order_views (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, name)
) STRICT;

CREATE TABLE order_columns (
    user_id BLOB NOT NULL PRIMARY KEY,
    columns TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
