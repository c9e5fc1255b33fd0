-- Each index of the orders list ends in the row's key, so that a page comes out of it in its order and nothing is sorted,
-- whatever a planner believes about the filters.
DROP INDEX orders_created;
DROP INDEX orders_status_created;
DROP INDEX orders_bank_created;
DROP INDEX orders_payable;
DROP INDEX orders_risk;
DROP INDEX order_brands_brand;
CREATE INDEX orders_created ON orders (created_at, id);
CREATE INDEX orders_status_created ON orders (status, created_at, id);
CREATE INDEX orders_bank_created ON orders (bank_code, created_at, id);
CREATE INDEX orders_payable ON orders (total_payable, created_at, id);
CREATE INDEX orders_risk ON orders (risk_score, created_at, id) WHERE risk_score > 0;
CREATE INDEX order_brands_brand ON order_brands (brand, created_at, order_id);
