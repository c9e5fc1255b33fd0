-- The orders list finds one page among a million: by time, brand, bank, amount, points, and what waits for a person.

-- Which brands an order holds. Written with the order and never changed: items keep their brand and claimed face.
CREATE TABLE order_brands (
    order_id BLOB NOT NULL REFERENCES orders (id),
    brand TEXT NOT NULL,
    items INTEGER NOT NULL CHECK (items > 0),
    face INTEGER NOT NULL CHECK (face > 0),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, brand)
) STRICT;
INSERT INTO order_brands (order_id, brand, items, face, created_at)
SELECT i.order_id, i.brand, COUNT(*), CAST(SUM(i.claimed_face) AS INTEGER), MIN(o.created_at)
FROM order_items AS i JOIN orders AS o ON o.id = i.order_id GROUP BY i.order_id, i.brand;
CREATE INDEX order_brands_brand ON order_brands (brand, created_at);

CREATE INDEX orders_created ON orders (created_at);
CREATE INDEX orders_bank_created ON orders (bank_code, created_at);
CREATE INDEX orders_payable ON orders (total_payable, created_at);
-- Of these, what a submit writes holds nothing or next to nothing.
CREATE INDEX orders_risk ON orders (risk_score, created_at) WHERE risk_score > 0;
CREATE INDEX orders_paid ON orders (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX order_items_open ON order_items (order_id) WHERE status IN ('unknown_verify', 'unknown_lock', 'manual');
CREATE INDEX order_items_rejected ON order_items (updated_at) WHERE status = 'rejected';
