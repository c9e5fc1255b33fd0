-- The sweeper asks lane by lane, so that the backlog of a silent partner can't hide what another lane lost.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (lane, next_attempt_at) WHERE state = 'ready';
