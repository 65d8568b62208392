-- When a receiver had what a unit wrote: what an archive says of the day on which it went.
-- NULL: it has not been sent, or not since it was put back in the queue.
ALTER TABLE outbound ADD COLUMN sent_at BIGINT;
-- Of what went before this was kept, the moment that comes nearest.
UPDATE outbound SET sent_at = COALESCE(answered_at, created_at) WHERE state IN ('sent', 'acknowledged', 'rejected');
