-- Rows of units that were asked to appoint a coordinator, are not any more, and never did: few, however many cases there are.
CREATE INDEX items_asked_no_more ON items (came_from, id) WHERE came_from IS NOT NULL AND counts = 0 AND share = 'content'
    AND delegated_due IS NULL AND coordinated_until IS NULL AND removed_at IS NULL
    AND state IN ('unread', 'opened', 'taken', 'waiting', 'offered', 'closed');
