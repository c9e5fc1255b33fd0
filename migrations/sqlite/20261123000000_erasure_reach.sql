-- What an erasing reaches besides orders and messages: blocks that have ended, wishes that were answered.
ALTER TABLE risk_blocks ADD COLUMN erased_at INTEGER;
ALTER TABLE person_requests ADD COLUMN erased_at INTEGER;
CREATE INDEX risk_blocks_kept ON risk_blocks (until_at) WHERE erased_at IS NULL;
CREATE INDEX person_requests_kept ON person_requests (done_at) WHERE erased_at IS NULL AND state <> 'open';
-- Orders a person had taken out of every look-up: few, found when their payouts and vouchers follow.
CREATE INDEX orders_closed ON orders (closed_at) WHERE closed_at IS NOT NULL;
-- Works that failed and are not done: few, grouped by their code on the desk of jobs.
CREATE INDEX outbox_failing ON outbox (lane, state, last_error_code, created_at) WHERE last_error_code IS NOT NULL AND state <> 'done';
