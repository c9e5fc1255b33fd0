-- How a person likes to see the orders list: saved filters with a name, and the columns.
CREATE TABLE order_views (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (user_id, name)
);

CREATE TABLE order_columns (
    user_id UUID NOT NULL PRIMARY KEY,
    columns TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
